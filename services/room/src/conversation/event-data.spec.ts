import { newId } from '@studio/contracts';
import type { Event } from '@studio/contracts';
import { expect, it } from 'vitest';
import { decodeEvent, encodeEvent, logKey } from './event-data.ts';

const chat: Event = {
  seq: 7,
  at: 1_790_000_000_000,
  key: 'left:somebody',
  actor: { id: newId(), name: 'Ada', kind: 'person' },
  body: { type: 'chat', text: 'Grüße 🌳' },
};

it('reads back what was written', () => {
  expect(decodeEvent(encodeEvent(chat))).toEqual(chat);
});

it('refuses data that is not an event', () => {
  expect(() => decodeEvent(new TextEncoder().encode('{"seq":0}'))).toThrow();
});

it('keeps keys of different people and of different types of events apart', () => {
  const left: Event = { ...chat, body: { type: 'participant.left', reason: 'left' } };
  const other: Event = { ...chat, actor: { ...chat.actor, id: newId() } };
  expect(new Set([chat, left, other].map(logKey)).size).toBe(3);
  expect(logKey({ ...chat, body: { type: 'chat', text: 'other words' } })).toBe(logKey(chat));
});
