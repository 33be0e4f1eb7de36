import { DEFAULT_LIVE_SETTINGS, StudioError, newId } from '@studio/contracts';
import type { Event, EventBody, RpcResponse } from '@studio/contracts';
import { afterEach, expect, it, vi } from 'vitest';
import { LiveSettingsSource } from './live-settings-source.ts';

type Live = RpcResponse<'room.live'>;

const live = (version: string, voice: 'Kore' | 'Puck' | null = null): Live => ({
  settings: { ...DEFAULT_LIVE_SETTINGS, voice },
  version,
  defaults: DEFAULT_LIVE_SETTINGS,
});
const event = (body: EventBody): Event => ({
  ...{ seq: 1, at: 1, key: newId(), body },
  actor: { id: newId(), name: 'Ada', kind: 'person' },
});
const CHANGED = event({ type: 'live.settings', changes: ['Voice: Kore'] });
let open: LiveSettingsSource | undefined;
afterEach(() => open?.close());

/** A source, and the room that answers what was written last, when it is let. */
async function source(first: Live) {
  const room = { answer: () => Promise.resolve(first) };
  const read = vi.fn(() => room.answer());
  const [onChange, onError] = [vi.fn(), vi.fn()];
  const own = new LiveSettingsSource({ read, onChange, onError, retryMs: 1 });
  open = own;
  await own.open();
  return { own, room, read, onChange, onError };
}

it('knows the settings from the beginning, and reads them again when somebody has changed them', async () => {
  const { own, room, read, onChange } = await source(live('1'));
  expect(own.current).toEqual(live('1').settings);
  own.notice(event({ type: 'chat', text: 'Hello' }));
  expect(read).toHaveBeenCalledTimes(1);
  room.answer = () => Promise.resolve(live('2', 'Kore'));
  own.notice(CHANGED);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
  expect(onChange).toHaveBeenCalledWith(live('2', 'Kore').settings, live('1').settings);
  expect(own.current.voice).toBe('Kore');
});

it('reads once more when another change comes while it reads', async () => {
  const { own, room, onChange } = await source(live('1'));
  const slow = Promise.withResolvers<Live>();
  room.answer = () => slow.promise;
  own.notice(CHANGED);
  own.notice(CHANGED);
  room.answer = () => Promise.resolve(live('3', 'Puck'));
  slow.resolve(live('2', 'Kore'));
  await vi.waitFor(() => expect(own.current.voice).toBe('Puck'));
  expect(onChange).toHaveBeenCalledTimes(2);
});

it('keeps what it knows while the room cannot be asked, and goes on trying', async () => {
  const { own, room, onError, onChange } = await source(live('1', 'Kore'));
  room.answer = () => Promise.reject(new StudioError('unavailable', 'Away.'));
  own.notice(CHANGED);
  await vi.waitFor(() => expect(onError.mock.calls.length).toBeGreaterThan(2));
  expect(own.current.voice).toBe('Kore');
  room.answer = () => Promise.resolve(live('2', 'Puck'));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
});

it('says nothing for a repetition, nor after it was closed', async () => {
  const { own, room, read, onChange } = await source(live('1'));
  own.notice(CHANGED);
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  const slow = Promise.withResolvers<Live>();
  room.answer = () => slow.promise;
  own.notice(CHANGED);
  own.close();
  slow.resolve(live('2', 'Kore'));
  await slow.promise;
  expect(onChange).not.toHaveBeenCalled();
});

it.each(Array.from({ length: 12 }, (_, steps) => steps))(
  'does not miss a change that is told %i steps after the answer has come',
  async (steps) => {
    const { own, room, read } = await source(live('1'));
    const slow = Promise.withResolvers<Live>();
    room.answer = () => slow.promise;
    own.notice(CHANGED);
    slow.resolve(live('2', 'Kore'));
    for (let step = 0; step < steps; step++) await Promise.resolve();
    room.answer = () => Promise.resolve(live('3', 'Puck'));
    own.notice(CHANGED);
    await vi.waitFor(() => expect(own.current.voice).toBe('Puck'));
    expect(read).toHaveBeenCalledTimes(3);
  },
);
