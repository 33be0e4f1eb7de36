import { newId, SUBJECT } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { decodeJson } from '@studio/bus';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeRoom, roomMetadata, roomObjectName } from '../rooms/room-object.ts';
import { code, comingsAndGoings, NOTHING_ON, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about who is in a room, with two services at once on the same engines. */
export function describeMembership(replicas: () => RoomReplicas): void {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
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
        head: 2,
        participants: [{ id: bob.id, sources: [joined.source] }],
      });
      expect(await rooms.join(room, bob, second)).toMatchObject({
        ...{
          source: joined.source + 1,
          head: 2,
          participants: [
            { id: bob.id, name: 'Bob', state: 'present', sources: [joined.source, joined.source + 1] },
          ],
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
        () => expect(published.signals).toMatchObject([{ participant: { id: bob.id, name: 'Bob', media } }]),
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
        () => expect(published.signals.at(-1)).toMatchObject({ participant: { id: bob.id, state: 'away' } }),
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

    it('says nothing of a connection that presence has forgotten and that joins again as it was', async () => {
      const room = await rooms.create(ada);
      const connectionId = newId();
      const { source } = await rooms.join(room, bob, connectionId);
      const { presence } = rooms.ports;
      await presence.erase(room.id);
      const again = { roomId: room.id, connectionId, user: bob, media: NOTHING_ON, rejoin: true, source };
      expect(await rooms.rpc.call('room.join', again)).toMatchObject({ source });
      await rooms.leave(room, connectionId);
      // Now the room was told that they are gone.
      await rooms.rpc.call('room.join', again);
      expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob', '-Bob left', '+Bob']);
    });

    it('shows the role and the media that somebody has, also when both change at the same moment', async () => {
      const room = await rooms.create(ada);
      const connectionId = newId();
      await rooms.join(room, bob, connectionId);
      for (const role of ['viewer', 'moderator', 'viewer', 'moderator', 'viewer', 'moderator'] as const) {
        const media = { ...NOTHING_ON, microphone: role === 'moderator' };
        await Promise.all([
          rooms.setRole(room, ada, bob, role),
          ...Array.from({ length: 6 }, () =>
            rooms.rpc.call('room.media', { roomId: room.id, connectionId, media }),
          ),
        ]);
        const { participants } = await rooms.rpc.call('room.pulse', { roomId: room.id });
        expect(participants).toMatchObject([{ id: bob.id, role, media }]);
      }
    });

    it('tells the truth about a room to whoever asks', async () => {
      const room = await rooms.create(ada);
      const { source } = await rooms.join(room, bob);
      expect(await rooms.rpc.call('room.pulse', { roomId: room.id })).toMatchObject({
        ...{ head: 2, participants: [{ id: bob.id, sources: [source] }], lobby: [] },
      });
      await expect(rooms.rpc.call('room.pulse', { roomId: newId() })).rejects.toEqual(code('not_found'));
    });

    it('gives exactly its places to a crowd that comes at once, and says nothing of those it refused', async () => {
      const room = await rooms.create(ada);
      const crowd = Array.from({ length: 20 }, (_, number) => person(`Person ${number}`));
      const results = await Promise.allSettled(crowd.map((one) => rooms.join(room, one)));
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(8);
      for (const { reason } of refused)
        expect(reason).toMatchObject({
          code: 'conflict',
          message: 'The room is full. Try again when somebody has left.',
        });
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
        // Two of the services may say the same: it is one event.
        expect(new Set(published.events.map(({ seq }) => seq)).size).toBe(6);
        for (const { id } of [ada, bob, eve])
          expect(published.signals.findLast((signal) => JSON.stringify(signal).includes(id))).toEqual({
            ...{ type: 'participant.gone', participantId: id },
          });
      }, WAIT);
    });
  });
}
