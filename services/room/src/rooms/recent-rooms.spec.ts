import { NEW_ROOM, newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { expect, it } from 'vitest';
import { RecentRooms } from './recent-rooms.ts';

const room = (name: string): Room => ({
  id: newId(),
  name,
  ownerId: newId(),
  ownerName: 'Ada',
  visibility: 'listed',
  ...NEW_ROOM,
  status: 'open',
  createdAt: 1,
});

it('forgets a room when it is as old as the limit', () => {
  const recent = new RecentRooms(10, 5_000);
  const one = room('one');
  recent.put(one, 1_000);
  expect(recent.get(one.id, 5_999)).toBe(one);
  expect(recent.get(one.id, 6_000)).toBeUndefined();
});

it('holds the rooms that were read last, and no more than its capacity', () => {
  const recent = new RecentRooms(2, 5_000);
  const [a, b, c] = [room('a'), room('b'), room('c')];
  recent.put(a, 1);
  recent.put(b, 2);
  recent.put(a, 3);
  recent.put(c, 4);
  expect([a, b, c].map(({ id }) => recent.get(id, 5)?.name)).toEqual(['a', undefined, 'c']);
});
