import { LIVE_MODELS } from '@studio/contracts';
import { readConfig } from '@studio/platform';
import { expect, it } from 'vitest';
import { GeminiSessionConfig } from './gemini-session-config.ts';
import { liveInfo } from './live-info.ts';

const info = (env: NodeJS.ProcessEnv) =>
  liveInfo(readConfig(GeminiSessionConfig, { GEMINI_API_KEY: 'secret', ...env }), []);
const known = (service: 'developer' | 'vertex') =>
  LIVE_MODELS.filter(({ services }) => services.includes(service)).map(({ id }) => id);

it('offers the models that are known for the service, and nothing that is nobody’s business', () => {
  expect(info({})).toEqual({
    engine: 'gemini',
    model: 'gemini-3.8-live',
    voice: 'Puck',
    service: 'developer',
    apiVersion: 'v1beta',
    models: known('developer'),
    tools: [],
  });
  expect(info({ GOOGLE_GENAI_USE_VERTEXAI: 'true', GOOGLE_CLOUD_PROJECT: 'p' })).toMatchObject({
    service: 'vertex',
    apiVersion: 'v1beta1',
    models: known('vertex'),
  });
  expect(info({ LIVE_EMULATOR_URL: 'http://127.0.0.1:1' })).toMatchObject({ engine: 'emulator' });
});

it('offers what the operator allows, and the default model always', () => {
  expect(info({ GEMINI_MODELS: 'gemini-9-live, gemini-3.8-live' }).models).toEqual([
    'gemini-9-live',
    'gemini-3.8-live',
  ]);
  expect(info({ GEMINI_MODELS: 'gemini-3.8-live', GEMINI_MODEL: 'gemini-9-live' })).toMatchObject({
    model: 'gemini-9-live',
    models: ['gemini-9-live', 'gemini-3.8-live'],
  });
});

it('names a setting that cannot be one', () => {
  expect(() => info({ GEMINI_MODELS: 'a b' })).toThrow(/^GEMINI_MODELS/);
  expect(() => info({ GEMINI_MODEL: '../x' })).toThrow(/^GEMINI_MODEL: must be/);
  expect(() => info({ GEMINI_INSTRUCTION: 'x'.repeat(20_001) })).toThrow(/^GEMINI_INSTRUCTION/);
});
