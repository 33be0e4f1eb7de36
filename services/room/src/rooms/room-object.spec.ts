import { encodeJson } from '@studio/bus';
import { NEW_ROOM, newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { expect, it } from 'vitest';
import {
  decodeStoredRoom,
  encodeRoom,
  newStored,
  roomMetadata,
  roomObjectName,
  roomOf,
  roomOfSummary,
  versionOf,
} from './room-object.ts';

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
  expect(decodeStoredRoom(encodeRoom(newStored(room)))).toEqual(newStored(room));
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

/** As rooms were written before they had more settings. */
const old = {
  ...{ id: room.id, name: room.name, ownerId: room.ownerId, ownerName: 'Zoë' },
  ...{ visibility: 'link', status: 'closed', createdAt: room.createdAt },
};

it('reads rooms that were written before rooms had more settings', () => {
  const stored = decodeStoredRoom(encodeJson(old));
  expect(roomOf(stored)).toEqual(room);
  expect(versionOf(stored)).toBe('0');
  const { name, ownerId, ownerName, visibility, status, createdAt } = old;
  const metadata = { name, ownerId, ownerName, visibility, status, createdAt: String(createdAt) };
  expect(roomOfSummary({ ...summary, metadata })).toEqual(room);
  expect(roomOfSummary({ ...summary, metadata: { ...metadata, createdAt: 'soon' } })).toBeUndefined();
});

it('tells nobody the hash of a passcode or an invitation', () => {
  const invite = { id: newId(), role: 'member', expiresAt: null, createdAt: 1, createdBy: 'Zoë' } as const;
  expect(roomOf({ ...newStored(room), passcodeHash: 'hash', invites: [invite] })).toEqual(room);
});
