import { NO_USAGE, newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lobbyOf } from '../membership/lobby.ts';
import { code, decisions, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about the deletion of rooms, with two services at once on the same engines. */
export function describeDeletion(replicas: () => RoomReplicas, everything: () => Promise<string[]>): void {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });
  const remove = (room: Room, user = ada) => rooms.rpc.call('room.delete', { roomId: room.id, user });
  const objectsOf = async (room: Room): Promise<string[]> => {
    const names: string[] = [];
    for (const prefix of ['rooms/', 'members/', 'people/', 'visits/', 'usage/', 'archive/', 'deletions/'])
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await rooms.ports.objectStore.list(prefix, { limit: 900, ...(after && { after }) });
        names.push(...page.objects.map(({ name }) => name).filter((name) => name.includes(room.id)));
        after = page.next;
      }
    return names;
  };
  /** What can be found of a room through the ports. */
  const leftOf = async (room: Room) => {
    const { presence, leases, eventLog } = rooms.ports;
    return {
      objects: await objectsOf(room),
      log: [await eventLog.first(room.id), await eventLog.head(room.id)],
      present: [...(await presence.list(room.id)), ...(await presence.list(lobbyOf(room.id)))],
      rooms: (await presence.rooms()).filter((id) => id.includes(room.id)),
      token: await leases.token(`live:${room.id}`),
      note: await leases.recall(`live:${room.id}`),
    };
  };
  const NOTHING = { objects: [], log: [0, 0], present: [], rooms: [], token: 0, note: undefined };

  /** A room of which everything is kept that can be kept. */
  const livedIn = async (): Promise<Room> => {
    const room = await rooms.create(ada);
    await rooms.join(room, ada);
    await rooms.join(room, bob);
    await rooms.change(room, ada, { lobby: true });
    await rooms.enter(room, eve);
    const lease = await rooms.claim(room, 'owner');
    await rooms.ports.leases.remember(lease, 'handle', 60_000);
    await rooms.rpc.call('room.setUsage', { roomId: room.id, usage: NO_USAGE, ownerToken: lease.token });
    const name = `archive/${room.id}/000000000001-000000000002.ndjson`;
    await rooms.ports.objectStore.put(name, new Uint8Array());
    await vi.waitFor(async () => {
      const kept = (await objectsOf(room)).map((one) => one.split('/')[0]);
      const each = ['archive', 'members', 'people', 'rooms', 'usage', 'visits'];
      expect([...new Set(kept)].toSorted()).toEqual(each);
      expect(kept.filter((one) => one === 'visits')).toHaveLength(2);
    }, WAIT);
    expect((await everything()).some((one) => one.includes(room.id))).toBe(true);
    return room;
  };

  describe('a room that is deleted', () => {
    it('is deleted by its owner only', async () => {
      const room = await rooms.create(ada);
      await rooms.admitAs(room, ada, bob, 'moderator');
      await expect(remove(room, bob)).rejects.toEqual(code('forbidden'));
      await expect(remove(room, eve)).rejects.toEqual(code('forbidden'));
      await expect(remove({ ...room, id: newId() })).rejects.toEqual(code('not_found'));
      expect(await rooms.access(room, ada)).toMatchObject({ role: 'owner' });
    });

    it('tells the people inside, is gone at once, and leaves nothing behind', async () => {
      const room = await livedIn();
      const published = await rooms.listen(room);
      await remove(room);
      await remove(room);
      // Told again by whoever erases it at the same time.
      const told = () => new Set(decisions(published.events));
      await vi.waitFor(() => expect(told()).toEqual(new Set(['Ada: room.closed'])), WAIT);
      await expect(rooms.access(room, ada)).rejects.toEqual(code('not_found'));
      await expect(rooms.enter(room, bob)).rejects.toEqual(code('not_found'));
      await expect(rooms.connect(room, bob)).rejects.toEqual(code('not_found'));
      await expect(rooms.conversation(room)).rejects.toEqual(code('not_found'));
      const { rooms: mine } = await rooms.rpc.call('room.list', {
        userId: bob.id,
        scope: 'mine',
        limit: 200,
      });
      expect(mine.map(({ id }) => id)).not.toContain(room.id);
      await vi.waitFor(async () => expect(await leftOf(room)).toEqual(NOTHING), WAIT);
      await expect(remove(room)).rejects.toEqual(code('not_found'));
      const named = async () => (await everything()).filter((name) => name.includes(room.id));
      await vi.waitFor(async () => expect(await named()).toEqual([]), WAIT);
    });

    it('leaves nothing behind either when somebody writes who takes it for open', async () => {
      const room = await livedIn();
      // All of it within the second in which it is still looked for.
      const key = 'a-line-that-is-late';
      await remove(room);
      await rooms.ports.eventLog.append(room.id, 0, key, new TextEncoder().encode('{}'));
      await rooms.ports.objectStore.put(
        `archive/${room.id}/000000000001-000000000001.ndjson`,
        new Uint8Array(),
      );
      await rooms.ports.objectStore.put(`people/${bob.id}/${room.id}.json`, new Uint8Array());
      await vi.waitFor(async () => expect(await leftOf(room)).toEqual(NOTHING), WAIT);
    });

    it('is not written by a Live session that outlives it', async () => {
      const room = await rooms.create(ada);
      const { token } = await rooms.claim(room, 'owner');
      await remove(room);
      const late = rooms.rpc.call('room.setUsage', { roomId: room.id, usage: NO_USAGE, ownerToken: token });
      await expect(late).rejects.toEqual(code('not_found'));
    });
  });
}
