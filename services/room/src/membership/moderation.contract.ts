import { newId } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, decisions, NOTHING_ON, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { Person, RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about decisions about people, with two services at once on the same engines. */
export function describeModeration(replicas: () => RoomReplicas): void {
  const [ada, bob, eve, tom] = [person('Ada'), person('Bob'), person('Eve'), person('Tom')];
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });
  /** Owned by Ada; Bob is a moderator, Eve and Tom are members. */
  const moderated = async (): Promise<Room> => {
    const room = await rooms.create(ada);
    await rooms.admitAs(room, ada, bob, 'moderator');
    await Promise.all([rooms.enter(room, eve), rooms.enter(room, tom)]);
    return room;
  };
  const told = async (room: Room) => decisions(await rooms.conversation(room)).slice(1);
  const rolesOf = async (room: Room, viewer: Person = ada) => {
    const { members } = await rooms.rpc.call('room.members', {
      roomId: room.id,
      userId: viewer.id,
      limit: 200,
    });
    return Object.fromEntries(
      members.map(({ name, role, state }) => [name, state === 'member' ? role : state]),
    );
  };

  describe('members', () => {
    it('are listed page by page, the owner among them', async () => {
      const room = await moderated();
      const page = (userId: string, cursor?: string) =>
        rooms.rpc.call('room.members', { roomId: room.id, userId, limit: 3, ...(cursor && { cursor }) });
      const first = await page(tom.id);
      expect(first.members).toHaveLength(3);
      const second = await page(tom.id, first.next);
      expect(second).toEqual({ members: [expect.objectContaining({ state: 'member' })] });
      const all = [...first.members, ...second.members];
      expect(new Set(all.map(({ id }) => id))).toEqual(new Set([ada, bob, eve, tom].map(({ id }) => id)));
      expect(all.find(({ id }) => id === ada.id)).toMatchObject({ role: 'owner', since: room.createdAt });
      await expect(page(newId())).rejects.toEqual(code('forbidden'));
      await expect(page(tom.id, 'x')).rejects.toEqual(code('invalid'));
    });

    it('are given roles by the owner, and below their own by moderators', async () => {
      const room = await moderated();
      expect(await rooms.setRole(room, bob, eve, 'viewer')).toMatchObject({ id: eve.id, role: 'viewer' });
      await rooms.setRole(room, bob, eve, 'viewer');
      await rooms.setRole(room, ada, tom, 'moderator');
      for (const [by, whom, role] of [
        ...([
          [bob, eve, 'moderator'],
          [bob, tom, 'member'],
          [bob, bob, 'viewer'],
        ] as const),
        ...([
          [bob, ada, 'member'],
          [ada, ada, 'member'],
          [eve, tom, 'viewer'],
          [bob, bob, 'owner'],
        ] as const),
      ])
        await expect(rooms.setRole(room, by, whom, role)).rejects.toEqual(code('forbidden'));
      await expect(rooms.setRole(room, ada, person('Nobody'), 'viewer')).rejects.toEqual(code('not_found'));
      expect(await rolesOf(room)).toEqual({
        Ada: 'owner',
        Bob: 'moderator',
        Eve: 'viewer',
        Tom: 'moderator',
      });
      expect(await told(room)).toEqual([
        'Bob: participant.role Eve viewer',
        'Ada: participant.role Tom moderator',
      ]);
    });

    it('show their new role to the room where they are', async () => {
      const room = await moderated();
      await rooms.connect(room, eve);
      await rooms.connect(room, eve);
      const published = await rooms.listen(room);
      await rooms.setRole(room, ada, eve, 'viewer');
      await vi.waitFor(
        () => expect(published.signals.at(-1)).toMatchObject({ participant: { id: eve.id, role: 'viewer' } }),
        WAIT,
      );
      expect(await rooms.connect(room, eve)).toMatchObject({ role: 'viewer' });
    });

    it('are put out and taken back, and stay out meanwhile', async () => {
      const room = await moderated();
      expect(await rooms.setMember(room, bob, eve, 'removed')).toMatchObject({
        id: eve.id,
        state: 'removed',
      });
      await rooms.setMember(room, bob, eve, 'removed');
      await expect(rooms.enter(room, eve)).rejects.toEqual(
        code('forbidden', 'You were removed from this room.'),
      );
      await expect(rooms.connect(room, eve)).rejects.toEqual(code('forbidden'));
      expect(await rooms.access(room, eve)).toMatchObject({ role: null, entry: 'removed' });
      expect(await rolesOf(room)).toMatchObject({ Eve: 'removed' });
      expect(await rolesOf(room, tom)).toEqual({ Ada: 'owner', Bob: 'moderator', Tom: 'member' });
      await rooms.setMember(room, ada, eve, 'member');
      expect(await rooms.connect(room, eve)).toMatchObject({ role: 'member' });
      expect(await told(room)).toEqual(['Bob: participant.removed Eve', 'Ada: participant.restored Eve']);
    });

    it('never put out the owner, themselves, or somebody of their own rank', async () => {
      const room = await moderated();
      await rooms.setRole(room, ada, tom, 'moderator');
      for (const [by, whom] of [
        [bob, ada],
        [ada, ada],
        [bob, bob],
        [bob, tom],
        [eve, tom],
      ] as const)
        await expect(rooms.setMember(room, by, whom, 'removed')).rejects.toEqual(code('forbidden'));
      await rooms.setMember(room, ada, tom, 'removed');
      await expect(rooms.setMember(room, bob, tom, 'member')).rejects.toEqual(code('forbidden'));
      await expect(rooms.setRole(room, ada, tom, 'viewer')).rejects.toEqual(code('conflict'));
      await expect(rooms.setRole(room, ada, tom, 'owner')).rejects.toEqual(code('conflict'));
    });

    it('who come in the very moment in which they are put out are out', async () => {
      const room = await moderated();
      for (let round = 0; round < 8; round++) {
        const [one, connectionId] = [person(`Person ${round}`), newId()];
        await rooms.enter(room, one);
        const [joined] = await Promise.allSettled([
          rooms.connect(room, one, connectionId),
          rooms.setMember(room, ada, one, 'removed'),
        ]);
        const present = (await rooms.ports.presence.list(room.id)).some(
          (each) => each.connectionId === connectionId,
        );
        const events = await rooms.conversation(room);
        const removal = events.find(({ body }) => 'participant' in body && body.participant.id === one.id);
        // Who is in all the same has joined before the event, by which the gateway ends the connection.
        if (joined.status === 'fulfilled') expect(removal?.seq).toBeGreaterThan(joined.value.head);
        else expect([joined.reason, present]).toEqual([code('forbidden'), false]);
        await rooms.leave(room, connectionId);
      }
    });

    it('are muted when they are heard', async () => {
      const room = await moderated();
      const connectionId = newId();
      await rooms.connect(room, eve, connectionId);
      const mute = (by: Person, whom: Person) =>
        rooms.rpc.call('room.mute', { roomId: room.id, user: by, memberId: whom.id });
      await mute(bob, eve);
      expect(await told(room)).toEqual([]);
      const media = { ...NOTHING_ON, microphone: true };
      await rooms.rpc.call('room.media', { roomId: room.id, connectionId, media });
      await mute(bob, eve);
      await rooms.rpc.call('room.media', { roomId: room.id, connectionId, media: NOTHING_ON });
      await mute(bob, eve);
      expect(await told(room)).toEqual(['Bob: participant.muted Eve']);
      for (const [by, whom] of [
        [eve, tom],
        [bob, ada],
      ] as const)
        await expect(mute(by, whom)).rejects.toEqual(code('forbidden'));
      await expect(mute(ada, person('Nobody'))).rejects.toEqual(code('not_found'));
    });
  });

  describe('ownership', () => {
    it('is handed over by the owner, who becomes a moderator', async () => {
      const room = await moderated();
      await rooms.connect(room, ada);
      await rooms.connect(room, eve);
      const published = await rooms.listen(room);
      await expect(rooms.setRole(room, bob, eve, 'owner')).rejects.toEqual(code('forbidden'));
      expect(await rooms.setRole(room, ada, eve, 'owner')).toMatchObject({ id: eve.id, role: 'owner' });
      await rooms.setRole(room, ada, eve, 'owner');
      expect(await rooms.rpc.call('room.get', { roomId: room.id })).toMatchObject({
        ownerId: eve.id,
        ownerName: 'Eve',
      });
      expect(await rolesOf(room)).toEqual({
        Ada: 'moderator',
        Bob: 'moderator',
        Eve: 'owner',
        Tom: 'member',
      });
      expect(await told(room)).toEqual([
        'Ada: participant.role Eve owner',
        'Ada: participant.role Ada moderator',
      ]);
      await vi.waitFor(() => {
        for (const [one, role] of [
          [ada, 'moderator'],
          [eve, 'owner'],
        ] as const)
          expect(published.signals).toContainEqual(
            expect.objectContaining({
              participant: expect.objectContaining({ id: one.id, role }) as unknown,
            }),
          );
      }, WAIT);
      await expect(rooms.setStatus(room, ada, 'closed')).rejects.toEqual(code('forbidden'));
      await rooms.setRole(room, eve, tom, 'owner');
      expect(await rolesOf(room)).toEqual({
        Ada: 'moderator',
        Bob: 'moderator',
        Eve: 'moderator',
        Tom: 'owner',
      });
      await expect(rooms.setRole(room, ada, eve, 'owner')).rejects.toEqual(code('forbidden'));
    });

    it('passes to one of two to whom it is handed over at the same time', async () => {
      const room = await moderated();
      const both = await Promise.allSettled([
        rooms.setRole(room, ada, eve, 'owner'),
        rooms.setRole(room, ada, tom, 'owner'),
      ]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const roles = Object.values(await rolesOf(room, bob));
      expect(roles.toSorted()).toEqual(['member', 'moderator', 'moderator', 'owner']);
    });

    it('makes a member of whoever is put out in the moment in which the room becomes theirs', async () => {
      for (let round = 0; round < 6; round++) {
        const room = await moderated();
        const [handed, put] = await Promise.allSettled([
          rooms.setRole(room, ada, eve, 'owner'),
          rooms.setMember(room, bob, eve, 'removed'),
        ]);
        const { ownerId } = await rooms.rpc.call('room.get', { roomId: room.id });
        const { role, entry } = await rooms.access(room, eve);
        if (handed.status === 'fulfilled') {
          expect([ownerId, role, entry]).toEqual([eve.id, 'owner', 'free']);
          expect(await rooms.connect(room, eve)).toMatchObject({ role: 'owner' });
        } else {
          expect([put.status, ownerId, role, entry]).toEqual(['fulfilled', ada.id, null, 'removed']);
          expect(await told(room)).toEqual(['Bob: participant.removed Eve']);
        }
      }
    });
  });
}
