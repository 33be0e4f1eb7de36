import { DEFAULT_LIVE_SETTINGS } from '@studio/contracts';
import { ConfigError, readConfig } from '@studio/platform';
import { expect, it } from 'vitest';
import { ProcessConfig } from './process-config.ts';

const servers = { NATS_URL: 'nats://127.0.0.1:4222', REDIS_URL: 'redis://127.0.0.1:6379' };

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(ProcessConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

it('is content with the servers and a place for objects', () => {
  expect(readConfig(ProcessConfig, { ...servers, DATA_DIR: '/data' })).toMatchObject({
    ...{ DATA_DIR: '/data', PARTICIPANTS_PER_ROOM: 200, PRESENCE_MS: 6_000, PRESENCE_SWEEP_MS: 500 },
  });
  expect(readConfig(ProcessConfig, { ...servers, STORAGE_BUCKET: 'rooms' }).STORAGE_BUCKET).toBe('rooms');
});

it('names what is missing or malformed', () => {
  expect(problems({ DATA_DIR: '/data' })).toEqual(['NATS_URL: is needed', 'REDIS_URL: is needed']);
  expect(problems(servers)).toEqual(['STORAGE_BUCKET: is needed, or DATA_DIR to keep rooms on this machine']);
  expect(problems({ ...servers, DATA_DIR: '/data', PARTICIPANTS_PER_ROOM: 'many' })).toEqual([
    'PARTICIPANTS_PER_ROOM: must be a whole number from 1 to 1000',
  ]);
});

it('reads how Gemini takes part in rooms that were never set up, and names what cannot be', () => {
  const env = { ...servers, DATA_DIR: '/data' };
  expect(readConfig(ProcessConfig, env).LIVE_DEFAULTS).toEqual(DEFAULT_LIVE_SETTINGS);
  const own = '{"floor":"push-to-talk","addressing":"when-addressed","voiceActivity":{"silenceMs":500}}';
  expect(readConfig(ProcessConfig, { ...env, LIVE_DEFAULTS: own }).LIVE_DEFAULTS).toEqual({
    ...DEFAULT_LIVE_SETTINGS,
    ...{ floor: 'push-to-talk', addressing: 'when-addressed' },
    voiceActivity: { ...DEFAULT_LIVE_SETTINGS.voiceActivity, silenceMs: 500 },
  });
  expect(problems({ ...env, LIVE_DEFAULTS: '{"floor"' })).toEqual(['LIVE_DEFAULTS: must be JSON']);
  expect(problems({ ...env, LIVE_DEFAULTS: '{"flor":"mix"}' })).toEqual([
    expect.stringMatching(/^LIVE_DEFAULTS: .*flor/),
  ]);
  expect(problems({ ...env, LIVE_DEFAULTS: '{"voiceActivity":{"silenceMs":5}}' })).toEqual([
    expect.stringMatching(/^LIVE_DEFAULTS\.voiceActivity\.silenceMs: /),
  ]);
});
