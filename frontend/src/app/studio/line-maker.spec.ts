import type { Event } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { eventLines } from './conversation-lines.ts';
import { LineMaker } from './line-maker.ts';

const ADA = { id: 'A'.repeat(22), name: 'Ada', kind: 'person' } as const;
const BEN = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' } as const;
const HOUR = 3_600_000;

/** Two people, some lines of one following each other, over several days. */
const EVENTS = Array.from({ length: 200 }, (_, index): Event => {
  const seq = index + 1;
  const actor = index % 5 < 3 ? ADA : BEN;
  const text = `line ${seq}`;
  return { seq, at: Math.floor(index / 5) * HOUR, key: `key-${seq}-00`, actor, body: { type: 'chat', text } };
});

describe('lines that are made as a conversation grows', () => {
  it('are those that are made of it at once', () => {
    const maker = new LineMaker();
    const parts = [
      [100, 120],
      [100, 125],
      [93, 125],
      [93, 125],
      [42, 160],
      [0, 161],
      [0, 200],
    ];
    for (const [from, to] of parts) {
      const events = EVENTS.slice(from, to);
      expect(maker.lines(events, ADA.id)).toEqual(eventLines(events, ADA.id));
    }
  });

  it('are used again, but for the one that something came in front of', () => {
    const maker = new LineMaker();
    const before = maker.lines(EVENTS.slice(50, 60), ADA.id);
    const after = maker.lines(EVENTS.slice(40, 70), ADA.id);
    const kept = before.filter((line) => after.includes(line));
    expect(kept).toEqual(before.slice(2));
  });

  it('are made anew for another conversation, another part of it, or another reader', () => {
    const maker = new LineMaker();
    maker.lines(EVENTS.slice(50, 60), ADA.id);
    const others = EVENTS.map((event) => ({ ...event }));
    for (const events of [EVENTS.slice(55, 80), EVENTS.slice(0, 40), others.slice(50, 60), []])
      expect(maker.lines(events, ADA.id)).toEqual(eventLines(events, ADA.id));
    expect(maker.lines(EVENTS, BEN.id)).toEqual(eventLines(EVENTS, BEN.id));
  });
});
