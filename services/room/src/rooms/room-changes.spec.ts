import { NEW_ROOM, newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { expect, it } from 'vitest';
import { describeRoomChanges } from './room-changes.ts';

const room: Room = {
  ...{ id: newId(), name: 'Trees', ownerId: newId(), ownerName: 'Ada', visibility: 'listed' },
  ...NEW_ROOM,
  ...{ status: 'open', createdAt: 1 },
};

it('says what has changed and what was before', () => {
  const after: Room = { ...room, name: 'Bäume', visibility: 'invited', locked: true, lobby: true };
  expect(describeRoomChanges(room, { ...after, retentionDays: 1 }, 'same')).toEqual([
    'Name: Bäume (was Trees)',
    'May enter: who is invited (was everybody in the studio)',
    'Locked: yes (was no)',
    'Lobby: on (was off)',
    'Kept for: 1 day (was as long as the studio keeps it)',
  ]);
  expect(describeRoomChanges(room, { ...room }, 'same')).toEqual([]);
});

it('says that there is another passcode, not which', () => {
  const guarded = { ...room, passcode: true };
  expect(describeRoomChanges(room, guarded, 'another')).toEqual(['Passcode: needed']);
  expect(describeRoomChanges(guarded, guarded, 'another')).toEqual(['Passcode: a new one']);
  expect(describeRoomChanges(guarded, room, 'another')).toEqual(['Passcode: none any more']);
});
