import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { Addressing } from '@studio/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TypedLine } from './composer.ts';
import { Composer } from './composer.ts';

describe('the composer', () => {
  let fixture: ComponentFixture<Composer>;
  let said: TypedLine[];
  let asked: number;

  beforeEach(() => {
    fixture = TestBed.createComponent(Composer);
    said = [];
    asked = 0;
    fixture.componentInstance.say.subscribe((line) => said.push(line));
    fixture.componentInstance.ask.subscribe(() => asked++);
    fixture.componentRef.setInput('allowed', true);
  });

  const element = (testId: string) =>
    (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  const field = () => element('composer') as HTMLTextAreaElement;
  const show = async (addressing: Addressing) => {
    fixture.componentRef.setInput('addressing', addressing);
    await fixture.whenStable();
  };
  const type = async (text: string) => {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const press = async (key: string, init: KeyboardEventInit = {}) => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...init }));
    await fixture.whenStable();
  };

  it('sends a line with Enter, and asks Gemini with Ctrl+Enter', async () => {
    await show('always');
    await type('hello');
    await press('Enter', { shiftKey: true });
    expect(said).toEqual([]);
    await press('Enter');
    await type('and you?');
    await press('Enter', { ctrlKey: true });
    expect(said).toEqual([
      { text: 'hello', ask: false },
      { text: 'and you?', ask: true },
    ]);
    expect(field().value).toBe('');
  });

  it('has no Ask button where Gemini answers everything', async () => {
    await show('always');
    expect(element('ask')).toBeNull();
    await show('observer');
    expect(element('ask')).not.toBeNull();
  });

  it('asks with what is typed, or for what was said when nothing is', async () => {
    await show('when-addressed');
    element('ask')?.click();
    expect([asked, said]).toEqual([1, []]);
    await type('Sum it up.');
    element('ask')?.click();
    expect([asked, said]).toEqual([1, [{ text: 'Sum it up.', ask: true }]]);
  });

  it('completes a mention with Enter instead of sending', async () => {
    await show('when-addressed');
    await type('So, @ge');
    expect(element('mention')).not.toBeNull();
    await press('Enter');
    expect(said).toEqual([]);
    expect(field().value).toBe('So, @Gemini ');
    expect(element('mention')).toBeNull();
    await press('Enter');
    expect(said).toEqual([{ text: 'So, @Gemini', ask: false }]);
  });

  it('forgets a suggestion that is refused', async () => {
    await show('always');
    await type('@');
    await press('Escape');
    expect(element('mention')).toBeNull();
    await press('Enter');
    expect(said).toEqual([{ text: '@', ask: false }]);
  });
});
