import { newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, person } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about rooms and their lists, with two services at once on the same engines. */
export function describeRooms(replicas: () => RoomReplicas): void {
  const ada = person('Ada');
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });

  describe('rooms', () => {
    it('creates a room, whose conversation begins with it', async () => {
      const room = await rooms.create(ada, 'link', 'Quartalsplanung Ü');
      expect(room).toMatchObject({
        ...{ name: 'Quartalsplanung Ü', visibility: 'link', status: 'open' },
        ...{ ownerId: ada.id, ownerName: 'Ada' },
      });
      expect(await rooms.rpc.call('room.get', { roomId: room.id })).toEqual(room);
      expect(await rooms.conversation(room)).toMatchObject([
        { seq: 1, actor: { id: ada.id }, body: { type: 'room.created', name: 'Quartalsplanung Ü' } },
      ]);
    });

    it('makes one room for one key of a person, however often and at the same time it is asked for', async () => {
      const [owner, other] = [person('Ada'), person('Bob')];
      const key = `key-${newId()}`;
      const create = (who = owner, more: object = {}) =>
        rooms.rpc.call('room.create', { name: 'Once', visibility: 'link', owner: who, key, ...more });
      const made = await Promise.all(Array.from({ length: 6 }, () => create()));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      const [room] = made as [Room];
      await rooms.change(room, owner, { name: 'Twice' });
      expect(await create()).toMatchObject({ id: room.id, name: 'Twice' });
      expect((await create(other)).id).not.toBe(room.id);
      for (const more of [{ name: 'Other' }, { lobby: true }, { passcode: 'blaue fichte' }])
        await expect(create(owner, more)).rejects.toEqual(code('conflict'));
      const { rooms: mine } = await rooms.rpc.call('room.list', {
        userId: owner.id,
        scope: 'mine',
        limit: 9,
      });
      expect(mine).toHaveLength(1);
      await rooms.rpc.call('room.delete', { roomId: room.id, user: owner });
      await expect(create()).rejects.toEqual(code('not_found'));
    });

    it('knows only rooms that were created', async () => {
      const roomId = newId();
      await expect(rooms.rpc.call('room.get', { roomId })).rejects.toEqual(code('not_found'));
      await expect(rooms.rpc.call('room.access', { roomId, userId: ada.id })).rejects.toEqual(
        code('not_found'),
      );
      await expect(rooms.rpc.call('room.events', { roomId, limit: 10 })).rejects.toEqual(code('not_found'));
      const room = { ...(await rooms.create(ada)), id: roomId };
      await expect(rooms.join(room, ada)).rejects.toEqual(code('not_found'));
      await expect(rooms.say(room, ada, 'key-00001')).rejects.toEqual(code('not_found'));
    });

    it('lists rooms newest first, page by page, and those by link to their owner only', async () => {
      const [lister, other] = [person('Lister'), person('Other')];
      const created: Room[] = [];
      for (let number = 0; number < 7; number++) {
        created.unshift(await rooms.create(lister, number % 3 === 1 ? 'link' : 'listed', `Room ${number}`));
        // Two rooms of the same millisecond have no order.
        await vi.waitUntil(() => Date.now() > (created[0]?.createdAt ?? 0), { interval: 1 });
      }
      const seenBy = async (userId: string): Promise<Room[]> => {
        const all: Room[] = [];
        let cursor: string | undefined;
        do {
          const page = await rooms.rpc.call('room.list', { userId, limit: 2, ...(cursor && { cursor }) });
          expect(page.rooms.length).toBeLessThanOrEqual(2);
          all.push(...page.rooms);
          cursor = page.next;
        } while (cursor !== undefined);
        return all.filter(({ ownerId }) => ownerId === lister.id);
      };
      expect(await seenBy(lister.id)).toEqual(created);
      expect(await seenBy(other.id)).toEqual(created.filter(({ visibility }) => visibility === 'listed'));
    });

    it('refuses a cursor that is not one of its own', async () => {
      const request = { userId: ada.id, limit: 2, cursor: '../../secrets' };
      await expect(rooms.rpc.call('room.list', request)).rejects.toEqual(code('invalid'));
    });
  });
}
