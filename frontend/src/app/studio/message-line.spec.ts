import { TestBed } from '@angular/core/testing';
import type { Actor } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import type { MessageLineOf } from './message-line.ts';
import { MessageLine } from './message-line.ts';

const GEMINI: Actor = { id: 'gemini', name: 'Gemini', kind: 'ai' };
const ADA: Actor = { id: 'A'.repeat(22), name: 'Ada', kind: 'person' };
const BEN: Actor = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' };
const SPOKEN = {
  key: 'k',
  seq: 1,
  at: 0,
  own: false,
  continued: false,
  interrupted: false,
  speakers: [],
  sources: [],
};

async function shown(line: MessageLineOf): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(MessageLine);
  fixture.componentRef.setInput('line', line);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('a line of the conversation', () => {
  it('links to where Gemini found what it says, and takes titles as text', async () => {
    const sources = [{ title: '<b>Harvest</b>', uri: 'https://example.org/harvest?year=2025' }];
    const line = await shown({ ...SPOKEN, kind: 'speech', author: GEMINI, text: '41 tonnes.', sources });
    const link = line.querySelector('a');
    expect(link?.textContent.trim()).toBe('<b>Harvest</b>');
    expect(link?.getAttribute('href')).toBe('https://example.org/harvest?year=2025');
    expect(link?.rel).toBe('noopener noreferrer');
    expect(link?.target).toBe('_blank');
  });

  it('names everybody who spoke at once', async () => {
    const line = await shown({ ...SPOKEN, kind: 'speech', author: ADA, text: 'Yes!', speakers: [ADA, BEN] });
    expect(line.querySelector('.name')?.textContent).toBe('Ada and Ben');
    expect(line.textContent).toContain('at once');
  });

  it('shows what a tool was given and what came of it', async () => {
    const call = {
      name: 'who_is_here',
      args: '{"room":1}',
      result: '{"error":"x"}',
      outcome: 'timeout',
      durationMs: 10_000,
    } as const;
    const line = await shown({ kind: 'tool', key: 'k', seq: 1, at: 0, author: GEMINI, call });
    expect(line.querySelector('summary')?.textContent).toMatch(/who is here.*took too long · 10\.0 s/s);
    expect([...line.querySelectorAll('pre')].map(({ textContent }) => textContent)).toEqual([
      '{\n  "room": 1\n}',
      '{\n  "error": "x"\n}',
    ]);
  });

  it('shows that Gemini was asked', async () => {
    const line = await shown({ ...SPOKEN, kind: 'chat', author: ADA, text: 'How much?', asked: true });
    expect(line.textContent).toContain('asked Gemini');
  });
});
