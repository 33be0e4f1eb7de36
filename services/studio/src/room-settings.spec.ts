import type { Event } from '@studio/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RunningStudio } from './testing/running-studio.fixture.ts';

const WAIT = { timeout: 15_000, interval: 20 };

let studio: RunningStudio;
beforeAll(async () => {
  studio = await RunningStudio.start({ LIVE_DEFAULTS: '{"voice":"Kore"}' });
});
afterAll(() => studio.close());

const setups = () =>
  studio.emulator.sessions().flatMap((session) => session.setups.map((setup) => JSON.stringify(setup)));

it('brings what an owner sets over HTTP to Gemini and to everybody in the room, and refuses what cannot be', async () => {
  const [{ api: ada }, guest] = [await studio.signIn('Ada'), await studio.signIn('Bob')];
  const { api: bob } = guest;
  const { id } = await ada.createRoom({ name: 'Room' });
  const events: Event[] = [];
  await studio.enter(guest, id, events);
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
});
