import { signal } from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { IDLE } from '@studio/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Microphone } from '../../media/microphone.ts';
import { RoomStore } from '../room-store.ts';
import { PushToTalk } from './push-to-talk.ts';
import type { Talk } from './push-to-talk.ts';
import { TalkButton } from './talk-button.ts';

const ME = 'M'.repeat(22);

describe('the button to talk', () => {
  const push = {
    talk: signal<Talk>('idle'),
    locked: signal(false),
    press: vi.fn(),
    lift: vi.fn(),
    toggle: vi.fn(),
    lose: vi.fn(),
  };
  const live = signal(IDLE);
  let fixture: ComponentFixture<TalkButton>;

  beforeEach(async () => {
    for (const spy of [push.press, push.lift, push.toggle, push.lose]) spy.mockReset();
    push.talk.set('idle');
    TestBed.configureTestingModule({
      providers: [
        { provide: PushToTalk, useValue: push },
        { provide: RoomStore, useValue: { live, selfId: signal(ME) } },
        { provide: Microphone, useValue: { level: signal(0) } },
      ],
    });
    fixture = TestBed.createComponent(TalkButton);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
  });

  const button = () =>
    (fixture.nativeElement as HTMLElement).querySelector<HTMLButtonElement>(
      '[data-testid="talk"]',
    ) as HTMLButtonElement;
  const key = (type: 'keydown' | 'keyup', target: EventTarget, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent(type, { code: 'Space', bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event;
  };

  it('is held with the space key, which then does nothing else', () => {
    expect(key('keydown', document.body).defaultPrevented).toBe(true);
    expect(key('keydown', document.body, { repeat: true }).defaultPrevented).toBe(true);
    expect(push.press).toHaveBeenCalledOnce();
    key('keyup', document.body);
    expect(push.lift).toHaveBeenCalledOnce();
  });

  it('leaves the space key to whoever types, and to other buttons', () => {
    for (const name of ['textarea', 'input', 'button']) {
      const element = document.body.appendChild(document.createElement(name));
      expect(key('keydown', element).defaultPrevented).toBe(false);
      key('keyup', element);
      element.remove();
    }
    expect(push.press).not.toHaveBeenCalled();
    expect(push.lift).not.toHaveBeenCalled();
  });

  it('has the space key also after a click on another button, and not after the tab key', () => {
    const camera = document.body.appendChild(document.createElement('button'));
    const visible = vi.spyOn(camera, 'matches').mockReturnValue(false);
    camera.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    expect(key('keydown', camera).defaultPrevented).toBe(true);
    key('keyup', camera);
    expect(push.press).toHaveBeenCalledOnce();
    visible.mockReturnValue(true);
    camera.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    expect(key('keydown', camera).defaultPrevented).toBe(false);
    camera.remove();
    expect(push.press).toHaveBeenCalledOnce();
  });

  it('is let go of with the space key wherever the focus has gone meanwhile', () => {
    key('keydown', document.body);
    const field = document.body.appendChild(document.createElement('textarea'));
    key('keyup', field);
    field.remove();
    expect(push.lift).toHaveBeenCalledOnce();
  });

  it('is let go of when the window loses the focus', () => {
    key('keydown', document.body);
    window.dispatchEvent(new Event('blur'));
    expect(push.lose).toHaveBeenCalledOnce();
    key('keyup', document.body);
    expect(push.lift).not.toHaveBeenCalled();
  });

  it('is a switch for a screen reader and the Enter key', () => {
    button().click();
    expect(push.toggle).toHaveBeenCalledOnce();
  });

  it('says what goes on', async () => {
    expect(button().textContent).toContain('Hold to talk');
    live.set({ ...IDLE, floor: { ...IDLE.floor, holder: 'B'.repeat(22), queue: ['C'.repeat(22), ME] } });
    push.talk.set('waiting');
    await fixture.whenStable();
    expect(button().textContent).toContain('2nd in line');
    expect(button().getAttribute('aria-pressed')).toBe('true');
    push.talk.set('talking');
    await fixture.whenStable();
    expect(button().textContent).toContain('You have the floor');
  });
});
