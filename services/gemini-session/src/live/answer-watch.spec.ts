import { describe, expect, it } from 'vitest';
import { AnswerWatch } from './answer-watch.ts';
import type { ServerEvent } from './server-event.ts';

const LIMITS = { answerMs: 15_000, stallMs: 6_000 };
/** Half a second of 24 kHz. */
const audio = { type: 'audio', pcm: new Uint8Array(24_000), rate: 24_000 } as const;
const call = (id: string): ServerEvent => ({ type: 'toolCall', calls: [{ id, name: 'a' }] });

describe('a service that does not answer any more', () => {
  it('is noticed when a complete input brings nothing', () => {
    const watch = new AnswerWatch(LIMITS);
    expect(watch.overdue(1_000_000)).toBe(false);
    watch.asked(0);
    expect(watch.overdue(15_000)).toBe(false);
    expect(watch.overdue(15_001)).toBe(true);
    // It has at least heard what was said.
    watch.took({ type: 'inputText', text: 'hello' }, 5_000);
    expect(watch.overdue(20_000)).toBe(false);
    expect(watch.overdue(20_001)).toBe(true);
    watch.took({ type: 'turnComplete' }, 20_002);
    expect(watch.overdue(1_000_000)).toBe(false);
  });

  it('is noticed in the middle of an answer, when what has come of it has been played', () => {
    const watch = new AnswerWatch(LIMITS);
    watch.asked(0);
    for (let i = 0; i < 20; i++) watch.took(audio, 100);
    expect(watch.overdue(16_000)).toBe(false);
    expect(watch.overdue(16_101)).toBe(true);
    watch.took({ type: 'outputText', text: ' more' }, 16_102);
    expect(watch.overdue(16_103)).toBe(false);
    watch.took({ type: 'generationComplete' }, 16_104);
    // An end that is never told leaves the turn open for ever.
    expect(watch.overdue(22_104)).toBe(true);
    watch.took({ type: 'turnComplete' }, 22_105);
    expect(watch.overdue(1_000_000)).toBe(false);
  });

  it('owes an answer to what came in the middle of another one', () => {
    const watch = new AnswerWatch(LIMITS);
    watch.asked(0);
    watch.took(audio, 100);
    watch.asked(200);
    watch.took(audio, 210);
    watch.took({ type: 'interrupted' }, 300);
    watch.took({ type: 'outputText', text: 'of the former one' }, 301);
    watch.took({ type: 'turnComplete' }, 310);
    expect(watch.overdue(15_300)).toBe(false);
    expect(watch.overdue(15_301)).toBe(true);
  });

  it('owes nothing while somebody speaks, or while it waits for a function', () => {
    const watch = new AnswerWatch(LIMITS);
    watch.asked(0);
    watch.spokenTo();
    expect(watch.overdue(1_000_000)).toBe(false);
    watch.asked(0);
    watch.took(call('1'), 10);
    watch.took(call('2'), 11);
    watch.took(call('2'), 12);
    watch.responded(['1'], 20);
    expect(watch.overdue(1_000_000)).toBe(false);
    watch.responded(['2'], 1_000_000);
    expect(watch.overdue(1_015_000)).toBe(false);
    expect(watch.overdue(1_015_001)).toBe(true);
  });

  it('owes the rest of an answer in which it called a function, and nothing for a call that it has cancelled', () => {
    const watch = new AnswerWatch(LIMITS);
    watch.took(audio, 0);
    watch.took(call('1'), 1);
    expect(watch.overdue(100_000)).toBe(false);
    watch.took({ type: 'toolCallCancellation', ids: ['1'] }, 100_000);
    expect(watch.overdue(106_000)).toBe(false);
    expect(watch.overdue(106_001)).toBe(true);
  });
});
