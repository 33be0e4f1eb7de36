import { newId, SUBJECT } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { decodeJson } from '@studio/bus';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { describeRoomLive } from './live/live.contract.ts';
import type { RoomPorts } from './ports.ts';
import { encodeRoom, roomMetadata, roomObjectName } from './rooms/room-object.ts';
import { comingsAndGoings, NOTHING_ON, person, RoomReplicas } from './testing/room-replicas.fixture.ts';

const WAIT = { timeout: 5_000, interval: 20 };

function code(expected: string): unknown {
  return expect.objectContaining({ name: 'StudioError', code: expected });
}

/** What the room service promises, with two of it at once on the same engines. */
export function describeRoomService(
  engines: string,
  open: () => Promise<{ replicas: [RoomPorts, RoomPorts]; close(): Promise<void> }>,
): void {
  describe(`two room services on ${engines}`, () => {
    const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
    let rooms: RoomReplicas;

    beforeAll(async () => {
      const ports = await open();
      rooms = await RoomReplicas.start(ports.replicas, { PARTICIPANTS_PER_ROOM: 12 });
      return async () => {
        await rooms.close();
        await ports.close();
      };
    });

    describeRoomLive(() => rooms);

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

    describe('membership', () => {
      it('admits the owner as owner and everybody else as member', async () => {
        const room = await rooms.create(ada);
        const enter = (user: typeof ada) => rooms.rpc.call('room.enter', { roomId: room.id, user });
        expect(await enter(ada)).toEqual({ state: 'admitted', room, role: 'owner' });
        expect(await enter(bob)).toEqual({ state: 'admitted', room, role: 'member' });
      });

      it('lets nobody into a closed room', async () => {
        const room: Room = { ...(await rooms.create(ada)), status: 'closed' };
        await rooms.ports.objectStore.put(roomObjectName(room.id), encodeRoom(room), {
          metadata: roomMetadata(room),
        });
        const admitted = rooms.rpc.call('room.enter', { roomId: room.id, user: ada });
        await expect(admitted).rejects.toEqual(code('closed'));
        await expect(rooms.join(room, ada)).rejects.toEqual(code('closed'));
        expect(await rooms.rpc.call('room.get', { roomId: room.id })).toEqual(room);
      });

      it('says that a person comes with the first connection and goes with the last', async () => {
        const room = await rooms.create(ada);
        const published = await rooms.listen(room);
        const [first, second] = [newId(), newId()];
        const joined = await rooms.join(room, bob, first);
        expect(joined).toMatchObject({
          room,
          source: 1,
          head: 2,
          participants: [{ id: bob.id, sources: [1] }],
        });
        expect(await rooms.join(room, bob, second)).toMatchObject({
          ...{
            source: 2,
            head: 2,
            participants: [{ id: bob.id, name: 'Bob', state: 'present', sources: [1, 2] }],
          },
        });
        await rooms.leave(room, first);
        expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob']);
        await rooms.leave(room, second);
        await rooms.leave(room, second);
        expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob', '-Bob left']);
        await vi.waitFor(() => {
          expect(comingsAndGoings(published.events)).toEqual(['+Bob', '-Bob left']);
          expect(published.signals.at(-1)).toEqual({ type: 'participant.gone', participantId: bob.id });
        }, WAIT);
      });

      it('wakes Gemini in a room where somebody comes', async () => {
        const room = await rooms.create(ada);
        const woken: unknown[] = [];
        const subscription = await rooms.ports.bus.subscribe(SUBJECT.wake, ({ data }) => {
          woken.push(decodeJson(data));
        });
        await rooms.join(room, bob);
        await vi.waitFor(() => expect(woken).toContain(room.id), WAIT);
        await subscription.close();
      });

      it('tells the others what somebody sends', async () => {
        const room = await rooms.create(ada);
        const connectionId = newId();
        await rooms.join(room, bob, connectionId);
        const published = await rooms.listen(room);
        const media = { ...NOTHING_ON, microphone: true };
        await rooms.rpc.call('room.media', { roomId: room.id, connectionId, media });
        await vi.waitFor(
          () =>
            expect(published.signals).toMatchObject([{ participant: { id: bob.id, name: 'Bob', media } }]),
          WAIT,
        );
        const gone = { roomId: room.id, connectionId: newId(), media };
        await expect(rooms.rpc.call('room.media', gone)).rejects.toEqual(code('not_found'));
      });

      it('keeps a lost person as away, then says once that they were lost', async () => {
        const room = await rooms.create(ada);
        const connectionId = newId();
        const published = await rooms.listen(room);
        await rooms.join(room, bob, connectionId);
        await rooms.leave(room, connectionId, 'lost');
        await vi.waitFor(
          () =>
            expect(published.signals.at(-1)).toMatchObject({ participant: { id: bob.id, state: 'away' } }),
          WAIT,
        );
        await vi.waitFor(
          () => expect(published.signals.at(-1)).toEqual({ type: 'participant.gone', participantId: bob.id }),
          WAIT,
        );
        await vi.waitFor(
          async () => expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob', '-Bob lost']),
          WAIT,
        );
      });

      it('says nothing when somebody lost comes back in time, nor when the old connection expires', async () => {
        const room = await rooms.create(ada);
        const [lost, back] = [newId(), newId()];
        await rooms.join(room, bob, lost);
        await rooms.leave(room, lost, 'lost');
        const published = await rooms.listen(room);
        const { participants } = await rooms.join(room, bob, back);
        expect(participants).toMatchObject([{ id: bob.id, state: 'present' }]);
        const beat = () => rooms.ports.presence.beat([{ roomId: room.id, connectionId: back }], 700);
        await vi.waitFor(async () => {
          await beat();
          expect(await rooms.ports.presence.list(room.id)).toHaveLength(1);
        }, WAIT);
        await beat();
        expect(published.signals).toMatchObject([{ participant: { id: bob.id, state: 'present' } }]);
        expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob']);
      });

      it('says again that somebody comes whose connection had expired and joins anew', async () => {
        const room = await rooms.create(ada);
        const connectionId = newId();
        await rooms.join(room, bob, connectionId);
        await vi.waitFor(
          async () => expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob', '-Bob lost']),
          WAIT,
        );
        await rooms.join(room, bob, connectionId);
        await rooms.leave(room, connectionId);
        expect(comingsAndGoings(await rooms.conversation(room))).toEqual([
          '+Bob',
          '-Bob lost',
          '+Bob',
          '-Bob left',
        ]);
      });

      it('gives exactly its places to a crowd that comes at once, and says nothing of those it refused', async () => {
        const room = await rooms.create(ada);
        const crowd = Array.from({ length: 20 }, (_, number) => person(`Person ${number}`));
        const results = await Promise.allSettled(crowd.map((one) => rooms.join(room, one)));
        const refused = results.filter((result) => result.status === 'rejected');
        expect(refused).toHaveLength(8);
        for (const { reason } of refused)
          expect(reason).toMatchObject({ code: 'conflict', message: 'The room is full.' });
        expect(await rooms.ports.presence.list(room.id)).toHaveLength(12);
        expect(comingsAndGoings(await rooms.conversation(room))).toHaveLength(12);
      });

      it('says once that each person came and once that they went, however many connections race', async () => {
        const room = await rooms.create(ada);
        const published = await rooms.listen(room);
        const connections = [ada, bob, eve].flatMap((one) =>
          Array.from({ length: 8 }, () => ({ one, connectionId: newId() })),
        );
        const shuffled = connections.toSorted((a, b) => a.connectionId.localeCompare(b.connectionId));
        await Promise.all(shuffled.map(({ one, connectionId }) => rooms.join(room, one, connectionId)));
        expect(comingsAndGoings(await rooms.conversation(room)).toSorted()).toEqual(['+Ada', '+Bob', '+Eve']);

        // Each leave is repeated, as a caller does that has not heard the answer.
        await Promise.all(
          [...shuffled, ...shuffled].map(({ connectionId }) => rooms.leave(room, connectionId)),
        );
        const events = await rooms.conversation(room);
        expect(comingsAndGoings(events).slice(3).toSorted()).toEqual(['-Ada left', '-Bob left', '-Eve left']);
        await vi.waitFor(() => {
          expect(comingsAndGoings(published.events)).toHaveLength(6);
          for (const { id } of [ada, bob, eve])
            expect(published.signals.findLast((signal) => JSON.stringify(signal).includes(id))).toEqual({
              ...{ type: 'participant.gone', participantId: id },
            });
        }, WAIT);
      });
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
  });
}
