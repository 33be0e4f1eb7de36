import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, decisions, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about the settings of rooms, with two services at once on the same engines. */
export function describeRoomSettings(replicas: () => RoomReplicas): void {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });

  describe('settings of a room', () => {
    it('are changed by the owner and by moderators, and told with the room as it is then', async () => {
      const room = await rooms.create(ada);
      await rooms.admitAs(room, ada, bob, 'moderator');
      const published = await rooms.listen(room);
      const { version } = await rooms.access(room, ada);
      const renamed = await rooms.change(room, ada, { name: 'Bäume' }, version);
      expect(renamed).toMatchObject({ room: { ...room, name: 'Bäume' }, role: 'owner', entry: 'free' });
      expect(renamed.version).not.toBe(version);
      const locked = await rooms.change(room, bob, { locked: true, retentionDays: 30 });
      expect(locked).toMatchObject({
        room: { name: 'Bäume', locked: true, retentionDays: 30 },
        role: 'moderator',
      });
      expect(await rooms.rpc.call('room.get', { roomId: room.id })).toEqual(locked.room);
      expect(decisions(await rooms.conversation(room)).slice(1)).toEqual([
        'Ada: Name: Bäume (was Room)',
        'Bob: Locked: yes (was no), Kept for: 30 days (was as long as the studio keeps it)',
      ]);
      await vi.waitFor(
        () =>
          expect(published.events.at(-1)?.body).toMatchObject({ type: 'room.changed', room: locked.room }),
        WAIT,
      );
    });

    it('are changed by nobody else', async () => {
      const room = await rooms.create(ada);
      await rooms.enter(room, bob);
      const refused = code('forbidden', 'As member of this room you may not change its settings.');
      await expect(rooms.change(room, bob, { name: 'Mine' })).rejects.toEqual(refused);
      await expect(rooms.change(room, eve, { name: 'Mine' })).rejects.toEqual(
        code('forbidden', 'You are not a member of this room.'),
      );
      expect(await rooms.rpc.call('room.get', { roomId: room.id })).toEqual(room);
      expect(decisions(await rooms.conversation(room))).toEqual([]);
    });

    it('are changed by one of two who began at the same version: the other is told, and sees the new state', async () => {
      const room = await rooms.create(ada);
      await rooms.admitAs(room, ada, bob, 'moderator');
      const { version } = await rooms.access(room, ada);
      const both = await Promise.allSettled([
        rooms.change(room, ada, { name: 'From Ada' }, version),
        rooms.change(room, bob, { name: 'From Bob' }, version),
      ]);
      const won = both.filter((one) => one.status === 'fulfilled').map(({ value }) => value.room.name);
      const lost = both.filter((one) => one.status === 'rejected').map(({ reason }): unknown => reason);
      expect(won).toHaveLength(1);
      expect(lost).toEqual([code('precondition_failed')]);
      const now = await rooms.access(room, bob);
      expect([now.room.name]).toEqual(won);
      await rooms.change(room, bob, { name: 'After all' }, now.version);
      expect(decisions(await rooms.conversation(room)).slice(1)).toEqual([
        expect.stringContaining(`Name: ${won[0]} (was Room)`),
        `Bob: Name: After all (was ${won[0]})`,
      ]);
    });

    it('lose nothing when many change different ones without a version', async () => {
      const room = await rooms.create(ada);
      await Promise.all([
        rooms.change(room, ada, { name: 'Bäume' }),
        rooms.change(room, ada, { visibility: 'link' }),
        rooms.change(room, ada, { locked: true }),
        rooms.change(room, ada, { lobby: true }),
        rooms.change(room, ada, { retentionDays: 7 }),
        rooms.setLive(room, ada, { voice: 'Kore' }),
      ]);
      const changed = { name: 'Bäume', visibility: 'link', locked: true, lobby: true, retentionDays: 7 };
      expect(await rooms.rpc.call('room.get', { roomId: room.id })).toEqual({ ...room, ...changed });
      expect((await rooms.rpc.call('room.live', { roomId: room.id })).settings.voice).toBe('Kore');
      expect(decisions(await rooms.conversation(room))).toHaveLength(5);
    });

    it('and those of Gemini do not get into the way of each other', async () => {
      const room = await rooms.create(ada);
      const [{ version }, live] = await Promise.all([
        rooms.access(room, ada),
        rooms.rpc.call('room.live', { roomId: room.id }),
      ]);
      await rooms.change(room, ada, { name: 'Bäume' }, version);
      await rooms.setLive(room, ada, { voice: 'Kore' }, live.version);
      const { version: after } = await rooms.access(room, ada);
      await rooms.setLive(room, ada, { voice: 'Puck' });
      expect(await rooms.change(room, ada, { name: 'Wald' }, after)).toMatchObject({
        room: { name: 'Wald' },
      });
    });

    it('take the repetition of a change for the change itself, also of the passcode', async () => {
      const room = await rooms.create(ada);
      const { version } = await rooms.access(room, ada);
      const change = { name: 'Bäume', passcode: 'blaue fichte' };
      const first = await rooms.change(room, ada, change, version);
      expect(first.room.passcode).toBe(true);
      expect(await rooms.change(room, ada, change, version)).toEqual(first);
      expect(decisions(await rooms.conversation(room))).toEqual([
        'Ada: Name: Bäume (was Room), Passcode: needed',
      ]);
      expect(JSON.stringify(await rooms.conversation(room))).not.toContain('fichte');
    });
  });

  describe('a room that is closed', () => {
    it('is closed and reopened by its owner only, and tells it once however often it is asked', async () => {
      const room = await rooms.create(ada);
      await rooms.admitAs(room, ada, bob, 'moderator');
      await expect(rooms.setStatus(room, bob, 'closed')).rejects.toEqual(code('forbidden'));
      const [closed, again] = [
        await rooms.setStatus(room, ada, 'closed'),
        await rooms.setStatus(room, ada, 'closed'),
      ];
      expect(closed).toMatchObject({ room: { status: 'closed' }, role: 'owner', entry: 'closed' });
      expect(again).toEqual(closed);
      await expect(rooms.enter(room, bob)).rejects.toEqual(code('closed'));
      await expect(rooms.connect(room, bob)).rejects.toEqual(code('closed'));
      expect(await rooms.access(room, bob)).toMatchObject({ role: 'moderator', entry: 'closed' });
      const reopened = await rooms.setStatus(room, ada, 'open');
      expect(reopened).toMatchObject({ room: { status: 'open' }, entry: 'free' });
      await rooms.join(room, bob);
      expect(decisions(await rooms.conversation(room)).slice(1)).toEqual([
        'Ada: room.closed',
        'Ada: room.reopened',
      ]);
    });

    it('is still read by its members, renamed by its owner, and not in the list of open rooms', async () => {
      const room = await rooms.create(ada);
      await rooms.enter(room, bob);
      await rooms.setStatus(room, ada, 'closed');
      await rooms.change(room, ada, { name: 'Past' });
      expect(await rooms.access(room, bob)).toMatchObject({ room: { name: 'Past' }, role: 'member' });
      const { members } = await rooms.rpc.call('room.members', {
        roomId: room.id,
        userId: bob.id,
        limit: 10,
      });
      expect(members).toHaveLength(2);
      const open = await rooms.rpc.call('room.list', { userId: ada.id, limit: 200 });
      expect(open.rooms.map(({ id }) => id)).not.toContain(room.id);
    });
  });
}
