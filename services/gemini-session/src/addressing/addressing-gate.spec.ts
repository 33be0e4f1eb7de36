import type { Addressing } from '@studio/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../live/server-event.ts';
import { AddressingGate } from './addressing-gate.ts';

const AUDIO: ServerEvent = { type: 'audio', pcm: new Uint8Array(2), rate: 24_000 };
const TEXT: ServerEvent = { type: 'outputText', text: 'Yes' };
const GENERATED: ServerEvent = { type: 'generationComplete' };
const COMPLETE: ServerEvent = { type: 'turnComplete' };
const INTERRUPTED: ServerEvent = { type: 'interrupted' };
const ANSWER = [AUDIO, TEXT, GENERATED, COMPLETE];
const HOLD_MS = 1_000;

function gated(addressing: Addressing) {
  const log: string[] = [];
  const gate = new AddressingGate(addressing, {
    pass: ({ type }) => log.push(type),
    dropped: (complete) => log.push(complete ? 'dropped whole' : 'dropped'),
    refused: ({ calls }) => log.push(`refused ${calls.map(({ id }) => id).join()}`),
  });
  const take = (events: readonly ServerEvent[], now = 0) => events.forEach((event) => gate.take(event, now));
  return { gate, log, take };
}
const all = ANSWER.map(({ type }) => type);

describe('always', () => {
  it('lets everything through in the call that brings it', () => {
    const { gate, log, take } = gated('always');
    gate.speech(0);
    ANSWER.forEach((event, i) => {
      take([event]);
      expect(log).toHaveLength(i + 1);
    });
    expect(log).toEqual(all);
  });
});

describe('when addressed', () => {
  it('lets an answer through at once when the name was recognised before it, also in two pieces', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    gate.recognised(' Hey Gem');
    gate.recognised('ini, what now?');
    expect(gate.expected).toBe(true);
    take(ANSWER, 500);
    expect(log).toEqual(all);
  });

  it('holds an answer until the name is recognised, and passes it on in order', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    take([AUDIO, TEXT], 500);
    expect(log).toEqual([]);
    gate.tick(500 + HOLD_MS - 1);
    gate.recognised('Gemini, what now?');
    expect(log).toEqual(['audio', 'outputText']);
    take([AUDIO, GENERATED, COMPLETE], 900);
    expect(log).toEqual(['audio', 'outputText', 'audio', 'generationComplete', 'turnComplete']);
  });

  it('drops an answer that nobody asked for after a bounded time, and all that follows of it', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    gate.recognised('Ben, what do you think?');
    take([AUDIO], 500);
    gate.tick(500 + HOLD_MS);
    take([TEXT, INTERRUPTED, COMPLETE], 1_600);
    // What the service makes of being stopped is dropped without a word.
    take(ANSWER, 2_000);
    expect(log).toEqual(['dropped']);
  });

  it('says so when everything of a dropped answer has come already', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    take(ANSWER, 500);
    gate.tick(500 + HOLD_MS);
    expect(log).toEqual(['dropped whole']);
  });

  it('refuses calls of an answer that nobody asked for, held or not, and lets earlier ones be taken back', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    take([{ type: 'toolCall', calls: [{ id: 'held' }] }], 500);
    expect(log).toEqual([]);
    gate.tick(500 + HOLD_MS);
    take([{ type: 'toolCall', calls: [{ id: 'late' }] }], 2_000);
    take([{ type: 'toolCallCancellation', ids: ['earlier'] }], 2_000);
    expect(log).toEqual(['refused held', 'dropped', 'refused late', 'toolCallCancellation']);
  });

  it('lets through what was held, all of it, when somebody presses Ask', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    take(ANSWER, 500);
    gate.address();
    expect(log).toEqual(all);
    gate.tick(5_000);
    expect(log).toEqual(all);
  });

  it('answers a speech during which, or shortly before which, somebody pressed Ask', () => {
    for (const ask of ['before', 'during']) {
      const { gate, log, take } = gated('when-addressed');
      if (ask === 'before') gate.ask(0);
      take([INTERRUPTED, COMPLETE]);
      gate.speech(2_000);
      if (ask === 'during') gate.address();
      take(ANSWER, 4_000);
      expect(log.slice(-4)).toEqual(all);
    }
    const { gate, log, take } = gated('when-addressed');
    gate.ask(0);
    take(ANSWER);
    gate.speech(60_000);
    take([AUDIO], 61_000);
    expect(log).toEqual(all);
  });

  it('still owes an answer when another one speaks before it came', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    gate.recognised('Gemini, how long does it take?');
    gate.speech(2_000);
    take([INTERRUPTED, COMPLETE], 2_010);
    gate.recognised('And what does it cost?');
    take(ANSWER, 5_000);
    expect(log.slice(-4)).toEqual(all);
    gate.speech(9_000);
    gate.recognised('Thank you, Ben.');
    take([AUDIO], 10_000);
    expect(log.slice(-4)).toEqual(all);
  });

  it('tells when the name is recognised only after the answer was dropped', () => {
    const { gate, take } = gated('when-addressed');
    gate.speech(0);
    take([AUDIO], 500);
    gate.tick(500 + HOLD_MS);
    expect(gate.recognised('Gemini!')).toBe(true);
  });

  it('does not let the rest of an answer that was held pass as the answer to what was asked then', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.speech(0);
    take([AUDIO], 500);
    gate.ask(600);
    take([AUDIO, INTERRUPTED, COMPLETE], 610);
    expect(log).toEqual([]);
    take(ANSWER, 900);
    expect(log).toEqual(all);
  });

  it('lets the end of an answer through that was heard before somebody else spoke', () => {
    const { gate, log, take } = gated('when-addressed');
    gate.ask(0);
    take([AUDIO], 100);
    gate.speech(20_000);
    take([AUDIO, INTERRUPTED, COMPLETE], 20_010);
    expect(log).toEqual(['audio', 'audio', 'interrupted', 'turnComplete']);
    take([AUDIO], 22_000);
    expect(log).toHaveLength(4);
  });
});

describe('observer', () => {
  it('answers nothing but Ask, whatever is said', () => {
    const { gate, log, take } = gated('observer');
    gate.speech(0);
    gate.recognised('Gemini, please?');
    take(ANSWER, 500);
    expect(log).toEqual(['dropped']);
    gate.ask(2_000);
    take(ANSWER, 2_500);
    expect(log).toEqual(['dropped', ...all]);
  });
});

describe('any addressing', () => {
  it('keeps the order, loses nothing that was asked for, and lets usage through, whatever happens', () => {
    const step = fc.constantFrom(
      ...(['speech', 'name', 'words', 'address', 'ask', 'stop', 'lost', 'tick', 'later'] as const),
      ...(['event', 'event', 'event', 'event', 'complete', 'interrupted', 'usage'] as const),
    );
    const addressing = fc.constantFrom<Addressing[]>('always', 'when-addressed', 'observer');
    fc.assert(
      fc.property(addressing, fc.array(step, { maxLength: 60 }), (mode, steps) => {
        let [now, n, usage, passedUsage] = [0, 0, 0, 0];
        const passed: number[] = [];
        const gate = new AddressingGate(mode, {
          pass: (event) => {
            if (event.type === 'outputText') passed.push(Number(event.text));
            if (event.type === 'usage') passedUsage++;
          },
          dropped: () => expect(mode).not.toBe('always'),
          refused: () => expect(mode).not.toBe('always'),
        });
        for (const what of steps) {
          now += what === 'later' ? 1_500 : 10;
          if (what === 'speech') gate.speech(now);
          else if (what === 'name') gate.recognised('Gemini');
          else if (what === 'words') gate.recognised('so');
          else if (what === 'address') gate.address();
          else if (what === 'ask') gate.ask(now);
          else if (what === 'stop') gate.stop();
          else if (what === 'lost') gate.lost();
          else if (what === 'event') gate.take({ type: 'outputText', text: String(n++) }, now);
          else if (what === 'complete') gate.take(COMPLETE, now);
          else if (what === 'interrupted') gate.take(INTERRUPTED, now);
          else if (what === 'usage') {
            usage++;
            gate.take({ type: 'usage', usage: {} }, now);
          }
          gate.tick(now);
        }
        expect(passed).toEqual([...new Set(passed)].sort((a, b) => a - b));
        expect(passedUsage).toBe(usage);
        if (mode === 'always') expect(passed).toHaveLength(n);
      }),
    );
  });
});
