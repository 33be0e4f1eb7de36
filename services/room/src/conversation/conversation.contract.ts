import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about the conversation of a room, with two services at once on the same engines. */
export function describeConversation(replicas: () => RoomReplicas): void {
  const ada = person('Ada');
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });

  describe('conversation', () => {
    it('appends once whatever is repeated, in one contiguous sequence, and publishes all of it', async () => {
      const room = await rooms.create(ada);
      const published = await rooms.listen(room);
      const keys = Array.from({ length: 40 }, (_, number) => `key-of-line-${number}`);
      const answers = await Promise.all(
        [...keys, ...keys, ...keys.toReversed()].map(async (key) => ({
          key,
          ...(await rooms.say(room, ada, key)),
        })),
      );
      const seqs = new Map(answers.map(({ key, seq }) => [key, seq]));
      for (const { key, seq } of answers) expect(seq).toBe(seqs.get(key));
      const events = await rooms.conversation(room);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
      expect(new Set(events.map(({ key }) => key))).toEqual(new Set(['room.created', ...keys]));
      for (const event of events.slice(1)) expect(seqs.get(event.key)).toBe(event.seq);
      await vi.waitFor(() => {
        const unique = new Map(published.events.map((event) => [event.seq, event]));
        expect([...unique.values()].toSorted((a, b) => a.seq - b.seq)).toEqual(events.slice(1));
      }, WAIT);
    });

    it('publishes a repeated event as it was the first time', async () => {
      const room = await rooms.create(ada);
      const published = await rooms.listen(room);
      const first = await rooms.say(room, ada, 'the-same-key');
      const body = { type: 'chat', text: 'other words' } as const;
      const second = await rooms.say(room, ada, 'the-same-key', { body });
      expect(second).toEqual({ seq: first.seq, duplicate: true });
      await vi.waitFor(() => expect(published.events).toHaveLength(2), WAIT);
      expect(published.events[1]).toEqual(published.events[0]);
    });

    it('refuses what a former owner of the Live session says', async () => {
      const room = await rooms.create(ada);
      const former = await rooms.claim(room, 'one');
      await rooms.say(room, ada, 'turn-of-the-former', { ownerToken: former.token });
      await rooms.ports.leases.release(former);
      const owner = await rooms.claim(room, 'other');
      const late = rooms.say(room, ada, 'late-turn-of-the-former', { ownerToken: former.token });
      await expect(late).rejects.toEqual(code('conflict'));
      await rooms.say(room, ada, 'turn-of-the-owner', { ownerToken: owner.token });
      expect((await rooms.conversation(room)).map(({ key }) => key)).toEqual([
        ...['room.created', 'turn-of-the-former', 'turn-of-the-owner'],
      ]);
      await rooms.ports.leases.release(owner);
    });

    it('answers pages after, before and at the end, with the head', async () => {
      const room = await rooms.create(ada);
      for (let number = 2; number <= 9; number++) await rooms.say(room, ada, `line-${number}-key`);
      const page = async (bounds: { after?: number; before?: number }) => {
        const { events, head } = await rooms.rpc.call('room.events', {
          roomId: room.id,
          limit: 3,
          ...bounds,
        });
        expect(head).toBe(9);
        return events.map(({ seq }) => seq);
      };
      expect(await page({})).toEqual([7, 8, 9]);
      expect(await page({ before: 7 })).toEqual([4, 5, 6]);
      expect(await page({ before: 2 })).toEqual([1]);
      expect(await page({ before: 1 })).toEqual([]);
      expect(await page({ after: 5 })).toEqual([6, 7, 8]);
      expect(await page({ after: 9 })).toEqual([]);
      await expect(page({ after: 1, before: 5 })).rejects.toEqual(code('invalid'));
    });

    it('cuts a page that would not fit into a message, and the reader gets everything all the same', async () => {
      const room = await rooms.create(ada);
      const actor = { id: 'gemini', name: 'Gemini', kind: 'ai' } as const;
      const text = 'Ü'.repeat(59_000);
      for (let number = 1; number <= 12; number++)
        await rooms.say(room, ada, `speech-${number}`, {
          actor,
          body: { type: 'speech', text, interrupted: false },
        });
      const newest = await rooms.rpc.call('room.events', { roomId: room.id, limit: 100 });
      expect(newest.events.length).toBeLessThan(12);
      expect(newest.events.at(-1)?.seq).toBe(13);
      expect((await rooms.conversation(room)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 13 }, (_, index) => index + 1),
      );
    });
  });
}
