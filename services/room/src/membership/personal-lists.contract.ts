import type { ListedRoom, Room, RoomScope } from '@studio/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { Person, RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about the rooms of a person, with two services at once on the same engines. */
export function describePersonalLists(replicas: () => RoomReplicas): void {
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });
  const list = async (scope: RoomScope, user: Person, limit = 2): Promise<ListedRoom[]> => {
    const all: ListedRoom[] = [];
    let cursor: string | undefined;
    do {
      const request = { userId: user.id, scope, limit, ...(cursor !== undefined && { cursor }) };
      const page = await rooms.rpc.call('room.list', request);
      expect(page.rooms.length).toBeLessThanOrEqual(limit);
      all.push(...page.rooms);
      cursor = page.next;
    } while (cursor !== undefined);
    return all;
  };
  const names = async (scope: RoomScope, user: Person) => (await list(scope, user)).map(({ name }) => name);
  /** One after the other, so that they have an order. */
  const created = async (owner: Person, count: number): Promise<Room[]> => {
    const all: Room[] = [];
    for (let number = 1; number <= count; number++) {
      all.push(await rooms.create(owner, 'link', `Room ${number}`));
      const { createdAt } = all.at(-1) as Room;
      await vi.waitUntil(() => Date.now() > createdAt, { interval: 1 });
    }
    return all;
  };

  describe('the rooms of a person', () => {
    it('are those in which they are a member, the newest first, with their role', async () => {
      const [ada, bob] = [person('Ada'), person('Bob')];
      const [one, two, three] = (await created(ada, 3)) as [Room, Room, Room];
      expect(await list('mine', ada)).toEqual([three, two, one].map((room) => ({ ...room, role: 'owner' })));
      expect(await list('mine', bob)).toEqual([]);
      await rooms.admitAs(one, ada, bob, 'viewer');
      await rooms.join(three, bob);
      await vi.waitFor(
        async () =>
          expect((await list('mine', bob)).map(({ name, role }) => [name, role])).toEqual([
            ['Room 3', 'member'],
            ['Room 1', 'viewer'],
          ]),
        WAIT,
      );
    });

    it('are in the order of their visits where the last ones are wanted', async () => {
      const ada = person('Ada');
      const all = await created(ada, 5);
      for (const index of [3, 0, 4]) {
        await rooms.join(all[index] as Room, ada);
        const name = `Room ${index + 1}`;
        await vi.waitFor(async () => expect((await names('recent', ada))[0]).toBe(name), WAIT);
      }
      expect(await names('recent', ada)).toEqual(['Room 5', 'Room 1', 'Room 4']);
      const [last] = await list('recent', ada);
      expect(last).toEqual({ ...all[4], role: 'owner', visitedAt: expect.any(Number) as number });
      expect(await names('mine', ada)).toEqual(['Room 5', 'Room 4', 'Room 3', 'Room 2', 'Room 1']);
    });

    it('show what has become of the room and of the person in it', async () => {
      const [ada, bob] = [person('Ada'), person('Bob')];
      const [room] = (await created(ada, 1)) as [Room];
      await rooms.join(room, bob);
      const shows = (expected: Partial<ListedRoom>[]) =>
        vi.waitFor(async () => expect(await list('recent', bob)).toMatchObject(expected), WAIT);
      await shows([{ name: 'Room 1', role: 'member' }]);
      await rooms.change(room, ada, { name: 'Bäume' });
      await shows([{ name: 'Bäume', status: 'open' }]);
      await rooms.setRole(room, ada, bob, 'moderator');
      await shows([{ role: 'moderator' }]);
      await rooms.setStatus(room, ada, 'closed');
      await shows([{ name: 'Bäume', status: 'closed' }]);
      await rooms.setRole(room, ada, bob, 'owner');
      await shows([{ ownerId: bob.id, role: 'owner' }]);
      await vi.waitFor(
        async () => expect(await list('mine', ada)).toMatchObject([{ role: 'moderator' }]),
        WAIT,
      );
      await rooms.setMember(room, bob, ada, 'removed');
      await vi.waitFor(async () => expect(await list('mine', ada)).toEqual([]), WAIT);
      await rooms.setMember(room, bob, ada, 'member');
      await vi.waitFor(async () => expect(await list('mine', ada)).toMatchObject([{ name: 'Bäume' }]), WAIT);
    });

    it('are not read with a cursor of something else', async () => {
      const { id: userId } = person('Ada');
      for (const scope of ['mine', 'recent'] as const)
        for (const cursor of ['../../secrets', '1.x'])
          await expect(rooms.rpc.call('room.list', { userId, scope, cursor, limit: 2 })).rejects.toEqual(
            code('invalid'),
          );
    });
  });
}
