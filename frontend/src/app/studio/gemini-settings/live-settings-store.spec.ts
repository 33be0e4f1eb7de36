import { TestBed } from '@angular/core/testing';
import type { LiveSettings, RoomLiveView } from '@studio/contracts';
import { DEFAULT_LIVE_SETTINGS, NO_USAGE, StudioError } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ME, ROOM, ScriptedRoom } from '../testing/scripted-room.ts';
import { OFFLINE, ScriptedSocket } from '../testing/scripted-socket.ts';
import { LiveSettingsStore } from './live-settings-store.ts';

const BEN = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' } as const;
const INFO = {
  ...OFFLINE,
  model: 'gemini-3.8-live',
  models: ['gemini-3.8-live', 'gemini-3.1-flash-live-preview'],
};

function view(change: Partial<LiveSettings>, version: string): RoomLiveView {
  return {
    settings: { ...DEFAULT_LIVE_SETTINGS, ...change },
    version,
    defaults: { ...DEFAULT_LIVE_SETTINGS, floor: 'mix' },
    usage: NO_USAGE,
  };
}

describe('the settings of Gemini in a room', () => {
  const live = vi.fn<(roomId: string) => Promise<RoomLiveView>>();
  const setLive = vi.fn<(roomId: string, settings: LiveSettings, version: string) => Promise<RoomLiveView>>();
  let room: ScriptedRoom;
  let store: LiveSettingsStore;

  beforeEach(async () => {
    live.mockReset().mockResolvedValue(view({}, 'v1'));
    setLive.mockReset().mockImplementation(async (_, settings) => view(settings, 'v2'));
    room = await ScriptedRoom.enter({ live, setLive }, [LiveSettingsStore]);
    store = TestBed.inject(LiveSettingsStore);
    room.welcome({ role: 'owner', liveInfo: INFO });
    await loaded('v1');
  });

  afterEach(() => room.close());

  const loaded = (version: string) => vi.waitFor(() => expect(store.view()?.version).toBe(version));
  /** Somebody else has saved. */
  const changed = (settings: Partial<LiveSettings>, version: string, seq = 1) => {
    live.mockResolvedValue(view(settings, version));
    ScriptedSocket.newest.receiveEvents({
      seq,
      at: 0,
      key: `settings-${seq}`,
      actor: BEN,
      body: { type: 'live.settings', changes: [] },
    });
    TestBed.tick();
  };

  it('are saved for everybody, on top of the version that was read', async () => {
    store.change('voice', 'Kore');
    expect(store.changed()).toEqual(['voice']);
    await store.save();
    expect(setLive.mock.calls).toEqual([[ROOM.id, { ...DEFAULT_LIVE_SETTINGS, voice: 'Kore' }, 'v1']]);
    expect([store.changed(), store.saved()]).toEqual([[], true]);
  });

  it('are not saved while something typed is wrong, and nothing of it is lost', async () => {
    store.change('silenceMs', 'long');
    expect(store.problems().get('silenceMs')).toMatch(/200 to 10000/);
    expect(store.ready()).toBe(false);
    await store.save();
    expect(setLive).not.toHaveBeenCalled();
    expect(store.draft().silenceMs).toBe('long');
  });

  it('keep what was typed when somebody else saves, and take over the rest', async () => {
    store.change('instruction', 'Be brief.');
    changed({ voice: 'Leda' }, 'v2');
    await loaded('v2');
    expect(store.draft()).toMatchObject({ instruction: 'Be brief.', voice: 'Leda' });
    expect([store.taken(), store.conflicts()]).toEqual([['voice'], []]);
    await store.save();
    expect(setLive.mock.calls[0]?.[2]).toBe('v2');
  });

  it('tell nothing of a change of others to whoever has typed nothing', async () => {
    changed({ voice: 'Leda' }, 'v2');
    await loaded('v2');
    expect(store.draft().voice).toBe('Leda');
    expect(store.taken()).toEqual([]);
  });

  it('let people decide what both have changed when somebody else was faster', async () => {
    store.change('voice', 'Kore');
    setLive.mockRejectedValueOnce(new StudioError('precondition_failed', 'Changed meanwhile.'));
    live.mockResolvedValue(view({ voice: 'Leda' }, 'v2'));
    await store.save();
    expect(store.conflicts()).toEqual(['voice']);
    expect([store.draft().voice, store.base().voice, store.ready()]).toEqual(['Kore', 'Leda', false]);
    store.decide('voice', 'mine');
    await store.save();
    expect(setLive.mock.calls.at(-1)?.slice(1)).toEqual([{ ...DEFAULT_LIVE_SETTINGS, voice: 'Kore' }, 'v2']);
  });

  it('take theirs when that is what one wants', async () => {
    store.change('voice', 'Kore');
    changed({ voice: 'Leda' }, 'v2');
    await loaded('v2');
    store.decide('voice', 'theirs');
    expect([store.draft().voice, store.changed(), store.conflicts()]).toEqual(['Leda', [], []]);
  });

  it('say why they could not be saved', async () => {
    store.change('voice', 'Kore');
    setLive.mockRejectedValueOnce(new StudioError('invalid', 'This model does not take it.'));
    await store.save();
    expect(store.problem()).toBe('This model does not take it.');
    expect(store.draft().voice).toBe('Kore');
  });

  it('leave out what the chosen model does not take, and keep it for one that does', async () => {
    store.change('model', 'gemini-3.1-flash-live-preview');
    store.change('thinkingLevel', 'low');
    expect(store.settings()?.thinking.level).toBe('low');
    store.change('model', '');
    expect(store.limits().has('thinkingLevel')).toBe(true);
    expect(store.settings()?.thinking.level).toBeNull();
    store.change('model', 'gemini-3.1-flash-live-preview');
    expect(store.settings()?.thinking.level).toBe('low');
  });

  it('say what the model refuses of an option that it has', () => {
    store.change('proactiveAudio', 'off');
    expect(store.problems().get('proactiveAudio')).toMatch(/switched off/);
    expect(store.ready()).toBe(false);
  });

  it('go back to the defaults, or to what is saved', async () => {
    changed({ voice: 'Leda' }, 'v2');
    await loaded('v2');
    store.toDefaults();
    expect(store.draft()).toMatchObject({ voice: '', floor: 'mix' });
    expect(store.changed()).toEqual(['voice', 'floor']);
    store.undo();
    expect([store.draft().voice, store.changed()]).toEqual(['Leda', []]);
  });

  it('are for owners and moderators to change', () => {
    expect(store.mayEdit()).toBe(true);
    room.welcome({ role: 'member', liveInfo: INFO, participantId: ME.id });
    expect(store.mayEdit()).toBe(false);
  });
});
