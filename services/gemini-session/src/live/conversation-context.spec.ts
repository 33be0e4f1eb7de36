import { GEMINI_ID, newId } from '@studio/contracts';
import type { Actor, Event, EventBody } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { awaitingAnswer, contextOf } from './conversation-context.ts';

const ana: Actor = { id: newId(), name: 'Ana', kind: 'person' };
const gemini: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };
const NOW = 1_000_000;
const line = (seq: number, actor: Actor, body: EventBody, at = NOW): Event => ({
  seq,
  at,
  key: newId(),
  actor,
  body,
});
const chat = (seq: number, text: string, at = NOW) => line(seq, ana, { type: 'chat', text }, at);
const speech = (seq: number, actor: Actor, text: string) =>
  line(seq, actor, { type: 'speech', text, interrupted: false });

describe('the context of a new session', () => {
  it('tells who said what, with what Gemini said as its own, and leaves out what is no conversation', () => {
    const events = [
      line(1, ana, { type: 'room.created', name: 'Plans' }),
      line(2, ana, { type: 'participant.joined', role: 'owner' }),
      chat(3, 'Good morning'),
      speech(4, gemini, 'Hello Ana'),
      line(5, gemini, { type: 'gemini.notice', text: 'A notice.' }),
      speech(6, ana, 'We need a plan'),
    ];
    expect(contextOf(events)).toEqual([
      { role: 'user', text: '(Ana joined)\nAna: Good morning' },
      { role: 'model', text: 'Hello Ana' },
      { role: 'user', text: 'Ana: We need a plan' },
    ]);
    expect(contextOf([])).toEqual([]);
  });

  it('is bounded: the latest lines stay, a long one is cut', () => {
    const turns = contextOf(Array.from({ length: 50 }, (_, i) => chat(i + 1, `${i} ${'x'.repeat(5_000)}`)));
    const text = turns.map((turn) => turn.text).join('');
    expect(text.length).toBeLessThanOrEqual(16_100);
    expect(text).toContain('Ana: 49 x');
    expect(text).not.toContain('Ana: 40 x');
  });
});

describe('typed lines that wait for an answer', () => {
  it('are the recent ones after the last word of Gemini', () => {
    const events = [
      chat(1, 'answered'),
      speech(2, gemini, 'Yes'),
      chat(3, 'too old', NOW - 60_000),
      chat(4, 'waits'),
      speech(5, ana, 'spoken'),
      chat(6, 'waits too'),
    ];
    expect(awaitingAnswer(events, NOW).map(({ seq }) => seq)).toEqual([4, 6]);
  });
});
