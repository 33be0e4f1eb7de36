import { NEW_ROOM, newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { expect, it } from 'vitest';
import { decodeRoom, encodeRoom, roomMetadata, roomObjectName, roomOfSummary } from './room-object.ts';

const room: Room = {
  id: newId(),
  name: 'Strategie für Bäume 🌳',
  ownerId: newId(),
  ownerName: 'Zoë',
  visibility: 'link',
  ...NEW_ROOM,
  status: 'closed',
  createdAt: 1_790_000_000_123,
};
const summary = { name: roomObjectName(room.id), generation: '7', metadata: roomMetadata(room) };

it('reads back from the object what was written', () => {
  expect(decodeRoom(encodeRoom(room))).toEqual(room);
});

it('reads the whole room from a listing, without the object', () => {
  expect(roomOfSummary(summary)).toEqual(room);
});

it('takes no other object for a room', () => {
  expect(roomOfSummary({ ...summary, name: 'rooms/readme.txt' })).toBeUndefined();
  expect(roomOfSummary({ ...summary, name: summary.name + '.json' })).toBeUndefined();
  expect(roomOfSummary({ ...summary, metadata: {} })).toBeUndefined();
  expect(roomOfSummary({ ...summary, metadata: { ...summary.metadata, rest: '{' } })).toBeUndefined();
  expect(
    roomOfSummary({ ...summary, metadata: { ...summary.metadata, rest: '{"createdAt":"soon"}' } }),
  ).toBeUndefined();
});
