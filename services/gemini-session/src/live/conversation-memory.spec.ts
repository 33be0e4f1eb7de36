import { GEMINI_ID, newId } from '@studio/contracts';
import type { Actor, Event } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { ConversationMemory } from './conversation-memory.ts';

const ana: Actor = { id: newId(), name: 'Ana', kind: 'person' };
const gemini: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };
const NONE: ReadonlySet<string> = new Set();

const chat = (seq: number, text: string): Event => ({
  ...{ seq, at: 0, key: `k${seq}`, actor: ana },
  body: { type: 'chat', text },
});
const spoken = (key: string, actor: Actor, text: string) => ({
  ...{ key, actor },
  body: { type: 'speech', text, interrupted: false } as const,
});
const told = (turns: { text: string }[]) => turns.map(({ text }) => text);

describe('what Gemini knows', () => {
  it('is what a handle brings back: what came after it is told once', () => {
    const memory = new ConversationMemory();
    memory.logged(chat(1, 'one'), true);
    expect(memory.keep(NONE)).toEqual({ seq: 1, keys: [] });
    memory.logged(chat(2, 'two'), true);
    memory.lost();
    expect(told(memory.untold(NONE))).toEqual(['Ana: two']);
    expect(memory.untold(NONE)).toEqual([]);
    memory.lost();
    expect(told(memory.untold(NONE))).toEqual(['Ana: two']);
    expect(memory.keep(NONE)).toEqual({ seq: 2, keys: [] });
    memory.lost();
    expect(memory.untold(NONE)).toEqual([]);
  });

  it('includes what was said and is not in the log yet', () => {
    const memory = new ConversationMemory();
    memory.logged(chat(1, 'one'), true);
    memory.said(spoken('a', ana, 'hello'), true);
    memory.said(spoken('g', gemini, 'hi'), true);
    const known = memory.keep(NONE);
    expect(known).toEqual({ seq: 1, keys: ['a', 'g'] });

    const next = new ConversationMemory();
    const log = [chat(1, 'one'), { ...chat(2, ''), ...spoken('a', ana, 'hello') }, chat(3, 'three')];
    next.begin([...log, { ...chat(4, ''), ...spoken('g', gemini, 'hi') }], known);
    expect(told(next.untold(NONE))).toEqual(['Ana: three']);
  });

  it('does not include an input that waits for its answer, which is given as such and counts as told then', () => {
    const memory = new ConversationMemory();
    memory.logged(chat(1, 'one'), true);
    memory.logged(chat(2, 'two'), true);
    const waiting = new Set(['k2']);
    expect(memory.keep(waiting)).toEqual({ seq: 1, keys: [] });
    memory.lost();
    expect(memory.untold(waiting)).toEqual([]);
    memory.given(waiting);
    expect(memory.untold(NONE)).toEqual([]);
    expect(memory.keep(NONE)).toEqual({ seq: 2, keys: [] });
  });

  it('does not include what was said while there was no connection', () => {
    const memory = new ConversationMemory();
    memory.said(spoken('a', ana, 'between us'), false);
    memory.logged({ ...chat(1, ''), ...spoken('a', ana, 'between us') }, false);
    memory.logged(chat(2, 'and this'), false);
    expect(told(memory.untold(NONE))).toEqual(['Ana: between us\nAna: and this']);
  });

  it('is nothing in a new session, which is told everything; a resumed one is not told who came and went', () => {
    const memory = new ConversationMemory();
    const joined: Event = { ...chat(1, ''), body: { type: 'participant.joined', role: 'member' } };
    memory.begin([joined, chat(2, 'two')], { seq: 2, keys: [] });
    expect(memory.untold(NONE)).toEqual([]);
    expect(told(memory.summary(NONE))).toEqual(['(Ana joined)\nAna: two']);
    const fresh = new ConversationMemory();
    fresh.begin([joined, chat(2, 'two')], undefined);
    expect(told(fresh.untold(NONE))).toEqual(['Ana: two']);
  });

  it('is bounded, and the oldest goes first', () => {
    const memory = new ConversationMemory();
    for (let seq = 1; seq <= 1_000; seq++) memory.logged(chat(seq, `${seq}`), false);
    const [all = ''] = told(memory.summary(NONE));
    expect(all.split('\n')).toHaveLength(50);
    expect(all).toMatch(/Ana: 1000$/);
  });
});
