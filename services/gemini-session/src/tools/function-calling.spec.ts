import { readConfig } from '@studio/platform';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { GeminiSessionConfig } from '../gemini-session-config.ts';
import { BUILT_IN_TOOLS } from './built-in/built-in-tools.ts';
import { declaration, functionCalling, functionDeclarations } from './function-calling.ts';

it('says of a function without parameters that it has none', () => {
  const tool = { name: 'now', description: 'Tells it.', parameters: z.object({}), run: () => 'now' };
  expect(declaration(tool)).toEqual({ name: 'now', description: 'Tells it.' });
});

it('tells every model of the built-in tools, and only those that go on meanwhile that they may', () => {
  const developer = readConfig(GeminiSessionConfig, { GEMINI_API_KEY: 'k' });
  const vertex = readConfig(GeminiSessionConfig, {
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: 'p',
  });
  const behaviours = (model: string, config: GeminiSessionConfig) =>
    functionDeclarations(BUILT_IN_TOOLS, functionCalling(model, config)).map(({ behavior }) => behavior);
  expect(behaviours('gemini-3.8-live', developer)).toEqual(Array(3).fill('NON_BLOCKING'));
  expect(behaviours('gemini-3.8-live', vertex)).toEqual(Array(3).fill(undefined));
  expect(behaviours('gemini-3.1-flash-live-preview', developer)).toEqual(Array(3).fill(undefined));
  expect(functionCalling('gemini-3.8-live', vertex).goesOn).toBe(true);
  expect(functionCalling('gemini-of-tomorrow', developer).goesOn).toBe(false);
});
