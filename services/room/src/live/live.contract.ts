import { DEFAULT_LIVE_SETTINGS, NO_USAGE, StudioError, newId } from '@studio/contracts';
import type { LiveUsage, Room } from '@studio/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeRoom, roomMetadata, roomObjectName } from '../rooms/room-object.ts';
import { code, LIVE_INFO, person } from '../testing/room-replicas.fixture.ts';
import type { RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What the room service promises about Gemini in a room, with two of it at once on the same engines. */
export function describeRoomLive(replicas: () => RoomReplicas): void {
  const [ada, bob] = [person('Ada'), person('Bob')];
  const get = (room: Room) => replicas().rpc.call('room.live', { roomId: room.id });
  const told = async (room: Room) =>
    (await replicas().conversation(room)).flatMap(({ actor, body }) =>
      body.type === 'live.settings' ? [`${actor.name}: ${body.changes.join(', ')}`] : [],
    );

  describe('how Gemini takes part', () => {
    afterEach(() => {
      replicas().liveInfo = { ok: LIVE_INFO };
    });

    it('is as usual in a room that was never set up, also in one from before there were settings', async () => {
      const room = await replicas().create(ada);
      expect((await get(room)).settings).toEqual(DEFAULT_LIVE_SETTINGS);
      const old: Room = { ...room, id: newId() };
      await replicas().ports.objectStore.put(roomObjectName(old.id), encodeRoom(old), {
        metadata: roomMetadata(old),
      });
      expect((await get(old)).settings).toEqual(DEFAULT_LIVE_SETTINGS);
      await expect(get({ ...room, id: newId() })).rejects.toEqual(code('not_found'));
    });

    it('is changed by the owner, kept beside the room, and told in the conversation in plain words', async () => {
      const room = await replicas().create(ada, 'link', 'Über Bäume');
      const { version } = await get(room);
      const changed = await replicas().setLive(room, ada, { voice: 'Kore', floor: 'mix' }, version);
      expect(changed).toEqual({
        settings: { ...DEFAULT_LIVE_SETTINGS, voice: 'Kore', floor: 'mix' },
        version: expect.not.stringMatching(new RegExp(`^${version}$`)) as string,
        defaults: DEFAULT_LIVE_SETTINGS,
      });
      expect(await get(room)).toEqual(changed);
      expect(await told(room)).toEqual([
        'Ada: Voice: Kore (was that of the studio), Gemini hears: everybody at once (was whoever speaks first)',
      ]);
      expect(await replicas().rpc.call('room.get', { roomId: room.id })).toEqual(room);
      const { rooms } = await replicas().rpc.call('room.list', { userId: ada.id, limit: 200 });
      expect(rooms).toContainEqual(room);
    });

    it('is changed by one of two who began at the same version: nothing is lost unseen', async () => {
      const room = await replicas().create(ada);
      const { version } = await get(room);
      const both = await Promise.allSettled([
        replicas().setLive(room, ada, { voice: 'Kore' }, version),
        replicas().setLive(room, ada, { temperature: 0.5 }, version),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = both.find((one) => one.status === 'rejected');
      expect(refused?.reason).toEqual(code('precondition_failed'));
      expect(await told(room)).toHaveLength(1);
      await replicas().setLive(room, ada, { voice: 'Puck' }, (await get(room)).version);
      expect((await get(room)).settings.voice).toBe('Puck');
    });

    it('takes the repetition of a change for the change itself', async () => {
      const room = await replicas().create(ada);
      const { version } = await get(room);
      const first = await replicas().setLive(room, ada, { voice: 'Kore' }, version);
      expect(await replicas().setLive(room, ada, { voice: 'Kore' }, version)).toEqual(first);
      expect(await told(room)).toHaveLength(1);
    });

    it('is not changed by a member, in a closed room, or to what the model does not take', async () => {
      const room = await replicas().create(ada);
      await expect(replicas().setLive(room, bob, { voice: 'Kore' })).rejects.toEqual(code('forbidden'));
      await expect(
        replicas().setLive(room, ada, { thinking: { budget: null, level: 'low' } }),
      ).rejects.toEqual(
        code(
          'invalid',
          'Gemini 3.8 Live does not take a thinking level; Gemini 3.8 Live, extended thinking does.',
        ),
      );
      await expect(replicas().setLive(room, ada, { tools: ['launch_rocket'] })).rejects.toEqual(
        code('invalid', expect.stringContaining('launch_rocket')),
      );
      expect((await get(room)).settings).toEqual(DEFAULT_LIVE_SETTINGS);
      const closed: Room = { ...room, status: 'closed' };
      await replicas().ports.objectStore.put(roomObjectName(room.id), encodeRoom(closed), {
        metadata: roomMetadata(closed),
      });
      await expect(replicas().setLive(room, ada, { voice: 'Kore' })).rejects.toEqual(code('closed'));
      expect(await told(room)).toEqual([]);
    });

    it('is not changed while nobody can tell what the model takes', async () => {
      const room = await replicas().create(ada);
      replicas().liveInfo = { error: new StudioError('unavailable', 'Nobody is there.').toBody() };
      await expect(replicas().setLive(room, ada, { voice: 'Kore' })).rejects.toEqual(code('unavailable'));
      expect((await get(room)).settings).toEqual(DEFAULT_LIVE_SETTINGS);
    });
  });

  describe('what Gemini has used', () => {
    const used = (costUsd: number): LiveUsage => ({ ...NO_USAGE, costUsd });
    const usage = (room: Room) => replicas().rpc.call('room.usage', { roomId: room.id });
    const set = (room: Room, costUsd: number, ownerToken: number) =>
      replicas().rpc.call('room.setUsage', { roomId: room.id, usage: used(costUsd), ownerToken });

    it('is nothing at first, and then what the owner of the Live session wrote last', async () => {
      const room = await replicas().create(ada);
      expect(await usage(room)).toEqual(NO_USAGE);
      const { token } = await replicas().claim(room, 'owner');
      await set(room, 1, token);
      await set(room, 2, token);
      expect(await usage(room)).toEqual(used(2));
      await expect(usage({ ...room, id: newId() })).rejects.toEqual(code('not_found'));
    });

    it('is not written by a former owner, whether the lease or the object tells', async () => {
      const room = await replicas().create(ada);
      const former = await replicas().claim(room, 'former');
      await replicas().ports.leases.release(former);
      const owner = await replicas().claim(room, 'owner');
      await expect(set(room, 1, former.token)).rejects.toEqual(code('conflict'));
      await set(room, 5, owner.token + 1);
      await expect(set(room, 6, owner.token)).rejects.toEqual(code('conflict'));
      expect(await usage(room)).toEqual(used(5));
    });
  });
}
