import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import type { Event } from '@studio/contracts';
import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator } from '@studio/live-emulator';
import { createLogger, readConfig } from '@studio/platform';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startStudio } from './start-studio.ts';
import type { Studio } from './start-studio.ts';
import { StudioConfig } from './studio-config.ts';

const WAIT = { timeout: 15_000, interval: 20 };

let directory: string;
let emulator: LiveEmulator;
let studio: Studio;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'studio-settings-'));
  await writeFile(join(directory, 'index.html'), '<app-root></app-root>');
  emulator = await startLiveEmulator({ speed: 20, setupDelayMs: 5 });
  const config = readConfig(StudioConfig, {
    PORT: '0',
    DATA_DIR: join(directory, 'data'),
    CLIENT_DIR: directory,
    LIVE_EMULATOR_URL: emulator.url,
    LIVE_DEFAULTS: '{"voice":"Kore"}',
  });
  studio = await startStudio(config, createLogger('studio', { level: 'silent' }));
});
afterAll(async () => {
  await studio.close();
  await emulator.close();
  await rm(directory, { recursive: true });
});

async function signedIn(name: string): Promise<StudioApi> {
  const api = new StudioApi({ baseUrl: studio.url, fetch: cookieFetch() });
  await api.signIn(name);
  return api;
}

const setups = () =>
  emulator.sessions().flatMap((session) => session.setups.map((setup) => JSON.stringify(setup)));

it('brings what an owner sets over HTTP to Gemini and to everybody in the room, and refuses what cannot be', async () => {
  const [ada, bob] = [await signedIn('Ada'), await signedIn('Bob')];
  const { id } = await ada.createRoom({ name: 'Room' });
  const events: Event[] = [];
  const connection = new RoomConnection({ api: bob, roomId: id });
  connection.on('event', (event) => events.push(event));
  connection.open();
  await vi.waitFor(() => expect(setups()).toHaveLength(1), WAIT);
  expect(setups()[0]).toContain('"voiceName":"Kore"');

  const { settings, version } = await bob.live(id);
  expect(settings.voice).toBe('Kore');
  await expect(bob.setLive(id, settings, version)).rejects.toMatchObject({ code: 'forbidden' });
  const wrong = { ...settings, thinking: { budget: 100, level: null } };
  await expect(ada.setLive(id, wrong, version)).rejects.toMatchObject({
    code: 'invalid',
    message: 'Gemini 3.8 Live does not take a thinking budget; Gemini 2.5 Flash native audio (preview) does.',
  });
  const changed = { ...settings, voice: 'Puck', instruction: 'Be the moderator.' } as const;
  const after = await ada.setLive(id, changed, version);
  await expect(ada.setLive(id, settings, version)).rejects.toMatchObject({ code: 'precondition_failed' });

  await vi.waitFor(() => expect(setups()).toHaveLength(2), WAIT);
  expect(setups()[1]).toMatch(/"voiceName":"Puck"/);
  expect(setups()[1]).toContain('Be the moderator.');
  await vi.waitFor(
    () =>
      expect(
        events.flatMap(({ actor, body }) =>
          body.type === 'live.settings' ? [actor.name, body.changes] : [],
        ),
      ).toEqual(['Ada', ['Voice: Puck (was Kore)', 'Instruction: changed']]),
    WAIT,
  );
  expect(await bob.live(id)).toMatchObject({ settings: changed, version: after.version });
  connection.close();
});
