import { TestBed } from '@angular/core/testing';
import { StaleVersionError } from '@studio/client';
import type { Room, RoomChange, RoomView } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOM, ScriptedRoom } from '../testing/scripted-room.ts';
import { RoomSettingsStore } from './room-settings-store.ts';

function view(change: Partial<Room>, version: string): RoomView {
  return { room: { ...ROOM, ...change }, role: 'owner', entry: 'free', version };
}

describe('the settings of a room', () => {
  const get = vi.fn<(roomId: string) => Promise<RoomView>>();
  const changeRoom = vi.fn<(roomId: string, change: RoomChange, version: string) => Promise<RoomView>>();
  let room: ScriptedRoom;
  let store: RoomSettingsStore;

  beforeEach(async () => {
    get.mockReset().mockResolvedValue(view({}, 'v1'));
    changeRoom.mockReset();
    room = await ScriptedRoom.enter({ room: get, changeRoom }, [RoomSettingsStore]);
    room.welcome({ role: 'owner' });
    store = TestBed.inject(RoomSettingsStore);
    TestBed.tick();
    await vi.waitFor(() => expect(store.draft()).toBeDefined());
    await vi.waitFor(() => expect(store.busy()).toBeUndefined());
  });

  afterEach(() => room.close());

  it('are changed on top of the version that was read', async () => {
    changeRoom.mockResolvedValue(view({ locked: true }, 'v2'));
    store.set('locked', true);
    await store.save();
    expect(changeRoom.mock.calls).toEqual([[ROOM.id, { locked: true }, 'v1']]);
    expect([store.changed(), store.saved()]).toEqual([0, true]);
  });

  it('take over what somebody else was faster with, and keep what was typed', async () => {
    store.set('lobby', true);
    changeRoom.mockRejectedValueOnce(
      new StaleVersionError('Changed meanwhile.', view({ name: 'Harvest' }, 'v2')),
    );
    await store.save();
    expect(store.draft()).toMatchObject({ name: 'Harvest', lobby: true });
    expect(store.rows()).toMatchObject([{ field: 'name', open: false }]);
    changeRoom.mockResolvedValue(view({ name: 'Harvest', lobby: true }, 'v3'));
    await store.save();
    expect(changeRoom.mock.calls.at(-1)).toEqual([ROOM.id, { lobby: true }, 'v2']);
  });

  it('let a person decide what both have changed', async () => {
    store.set('name', 'Mine');
    changeRoom.mockRejectedValueOnce(
      new StaleVersionError('Changed meanwhile.', view({ name: 'Theirs' }, 'v2')),
    );
    await store.save();
    expect(store.rows()).toMatchObject([{ field: 'name', open: true, mine: 'Mine', theirs: 'Theirs' }]);
    expect(store.ready()).toBe(false);
    store.decide('name', 'theirs');
    expect([store.draft()?.name, store.changed(), store.undecided()]).toEqual(['Theirs', 0, false]);
  });

  it('say why they could not be saved, and lose nothing', async () => {
    store.set('retentionDays', '90');
    changeRoom.mockRejectedValueOnce(new StudioError('invalid', 'This studio keeps 30 days at most.'));
    await store.save();
    expect(store.problem()).toBe('This studio keeps 30 days at most.');
    expect(store.draft()?.retentionDays).toBe('90');
  });

  it('are to read for members', () => {
    room.welcome({ role: 'member' });
    store.set('locked', true);
    expect([store.mayEdit(), store.ready()]).toEqual([false, false]);
  });
});
