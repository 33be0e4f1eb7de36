import { newId } from '@studio/contracts';
import type { Event } from '@studio/contracts';
import { expect, it } from 'vitest';
import { decodeEvent, encodeEvent } from './event-data.ts';

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
