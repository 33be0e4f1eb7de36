import { describe, expect, it, vi } from 'vitest';
import { personalMetadata, personalRoomName } from '../membership/personal-room.ts';
import { code, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is found in conversations. */
export function describeSearch(replicas: () => RoomReplicas): void {
  describe('search', () => {
    const ada = person('Ada');

    it('finds lines of a room, the newest first, page by page', async () => {
      const rooms = replicas();
      const room = await rooms.create(ada);
      for (let number = 1; number <= 5; number++)
        await rooms.say(room, ada, `line-number-${number}`, {
          body: { type: 'chat', text: number === 3 ? 'something else' : `The Übersicht ${number}` },
        });
      const find = (query: string, before?: number) =>
        rooms.rpc.call('room.search', { roomId: room.id, query, limit: 2, ...(before && { before }) });
      const first = await find('ubersicht the');
      expect(first.hits.map(({ seq }) => seq)).toEqual([6, 5]);
      expect(first.hits[0]).toMatchObject({
        ...{ type: 'chat', actor: { id: ada.id }, snippet: 'The Übersicht 5' },
        marks: [
          [0, 3],
          [4, 13],
        ],
      });
      expect(first.next).toBe(5);
      const second = await find('ubersicht the', first.next);
      expect(second.hits.map(({ seq }) => seq)).toEqual([3, 2]);
      expect((await find('"übersicht 4"')).hits.map(({ seq }) => seq)).toEqual([5]);
      expect(await find('actor')).toEqual({ hits: [] });
      await expect(find('""')).rejects.toEqual(code('invalid'));
    });

    it('finds lines in the rooms of a person, and in no other', async () => {
      const rooms = replicas();
      const [bob, eve] = [person('Bob'), person('Eve')];
      const [one, other, foreign] = [
        await rooms.create(bob),
        await rooms.create(ada),
        await rooms.create(ada),
      ];
      await rooms.join(other, bob);
      for (const room of [one, other, foreign])
        await rooms.say(room, ada, 'the-line-itself', { body: { type: 'chat', text: 'a rare Zugspitze' } });
      const find = (userId: string, cursor?: string) =>
        rooms.rpc.call('room.searchAll', { userId, query: 'zugspitze', ...(cursor && { cursor }) });
      // The list of a person is brought up to date in the background.
      await vi.waitFor(async () => {
        const { rooms: found, searched, next } = await find(bob.id);
        expect(found.map(({ room }) => room.id)).toEqual([other.id, one.id]);
        expect(found[0]).toMatchObject({ hits: [{ snippet: 'a rare Zugspitze' }], more: false });
        expect({ searched, next }).toEqual({ searched: 2 });
      }, WAIT);
      expect(await find(eve.id)).toEqual({ rooms: [], searched: 0 });
      await expect(find(bob.id, 'not-a-cursor')).rejects.toEqual(code('invalid'));

      // A list that says of a room that she is in it, which she is not any more.
      const stale = { ...foreign, role: 'member', revision: 0 } as const;
      await rooms.ports.objectStore.put(personalRoomName(eve.id, foreign.id), new Uint8Array(), {
        metadata: personalMetadata(stale),
      });
      expect(await find(eve.id)).toEqual({ rooms: [], searched: 1 });
    });
  });
}
