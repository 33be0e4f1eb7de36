import { ConfigError, readConfig } from '@studio/platform';
import { expect, it } from 'vitest';
import { GeminiSessionConfig, liveBackend } from './gemini-session-config.ts';

const backend = (env: NodeJS.ProcessEnv) => liveBackend(readConfig(GeminiSessionConfig, env));

it('leads to the emulator before Google, to Vertex before a key, and takes either name of the key', () => {
  const all = {
    LIVE_EMULATOR_URL: 'http://127.0.0.1:9',
    GEMINI_API_KEY: 'k',
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: 'p',
  };
  expect(backend(all)).toMatchObject({ kind: 'emulator', baseUrl: 'http://127.0.0.1:9' });
  expect(backend({ ...all, LIVE_EMULATOR_URL: '' })).toEqual({
    kind: 'vertex',
    project: 'p',
    location: 'global',
    apiVersion: 'v1beta1',
  });
  expect(backend({ GOOGLE_API_KEY: 'g' })).toEqual({ kind: 'developer', apiKey: 'g', apiVersion: 'v1beta' });
  expect(backend({ GOOGLE_API_KEY: 'g', GEMINI_API_VERSION: 'v1alpha' }).apiVersion).toBe('v1alpha');
});

it('names the setting that is missing or wrong, and never its value', () => {
  expect(() => backend({})).toThrow(/^GEMINI_API_KEY/);
  expect(() => backend({ GOOGLE_GENAI_USE_VERTEXAI: 'true' })).toThrow(/^GOOGLE_CLOUD_PROJECT/);
  expect(() => backend({ GEMINI_VOICE: 'Nobody' })).toThrow(ConfigError);
  expect(() => backend({ GEMINI_VOICE: 'Nobody' })).toThrow(/^GEMINI_VOICE(?!.*Nobody)/);
  expect(() => backend({ LIVE_EMULATOR_URL: 'ws://secret' })).toThrow(/^LIVE_EMULATOR_URL(?!.*secret)/);
});
