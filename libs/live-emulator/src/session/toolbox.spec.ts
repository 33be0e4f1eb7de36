import { describe, expect, it } from 'vitest';
import { profileOf } from '../models/profiles.ts';
import type { ModelProfile } from '../models/profiles.ts';
import { Refusal } from './refusal.ts';
import { readTools } from './toolbox.ts';

function profile(id: string): ModelProfile {
  const found = profileOf(id, 'developer');
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

const [LIVE_3_8, EXTENDED, LIVE_3_1, NATIVE_2_5] = [
  'gemini-3.8-live',
  'gemini-3.8-live-extended-thinking',
  'gemini-3.1-flash-live-preview',
  'gemini-2.5-flash-native-audio-preview-12-2025',
].map(profile) as [ModelProfile, ModelProfile, ModelProfile, ModelProfile];

const note = (more: object = {}) => [{ functionDeclarations: [{ name: 'note', ...more }] }];

describe('readTools', () => {
  it('reads names, descriptions and parameters, in the words of OpenAPI and of JSON Schema', () => {
    const properties = { text: { type: 'STRING' }, unit: { type: 'STRING', enum: ['km', 'mi'] }, more: {} };
    const parameters = { type: 'OBJECT', properties, required: ['text'] };
    expect(readTools(note({ description: 'Keeps it', parameters }), NATIVE_2_5).functions).toEqual([
      {
        name: 'note',
        description: 'Keeps it',
        blocking: true,
        parameters: [
          { name: 'text', type: 'string', required: true, choices: [] },
          { name: 'unit', type: 'string', required: false, choices: ['km', 'mi'] },
          { name: 'more', type: 'any', required: false, choices: [] },
        ],
      },
    ]);
    const parametersJsonSchema = { type: 'object', properties: { text: { type: 'string' } } };
    expect(readTools(note({ parametersJsonSchema }), NATIVE_2_5).functions[0]?.parameters).toHaveLength(1);
  });

  it('calls as the model does where a declaration does not say how', () => {
    const blocks = (model: ModelProfile, more = {}) => readTools(note(more), model).functions[0]?.blocking;
    expect([LIVE_3_8, EXTENDED, LIVE_3_1, NATIVE_2_5].map((model) => blocks(model))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(blocks(LIVE_3_8, { behavior: 'BLOCKING' })).toBe(true);
    expect(blocks(NATIVE_2_5, { behavior: 'NON_BLOCKING' })).toBe(false);
  });

  it.each([
    ['calls that do not block, of 3.1', note({ behavior: 'NON_BLOCKING' }), LIVE_3_1],
    ['calls that block, of extended thinking', note({ behavior: 'BLOCKING' }), EXTENDED],
    ['code execution of a native audio model', [{ codeExecution: {} }], LIVE_3_8],
    ['a function declared twice', [...note(), ...note()], LIVE_3_8],
    ['parameters that are no object', note({ parameters: { type: 'STRING' } }), LIVE_3_8],
    [
      'a required parameter that is not there',
      note({ parameters: { type: 'OBJECT', properties: {}, required: ['x'] } }),
      LIVE_3_8,
    ],
    [
      'parameters in both words at once',
      note({ parameters: { type: 'OBJECT' }, parametersJsonSchema: { type: 'object' } }),
      LIVE_3_8,
    ],
  ])('refuses %s', (_, tools, model) => {
    expect(() => readTools(tools, model)).toThrow(Refusal);
  });

  it('knows whether it may search', () => {
    expect(readTools([{ googleSearch: {} }], LIVE_3_8)).toEqual({ functions: [], canSearch: true });
    expect(readTools(note(), LIVE_3_8).canSearch).toBe(false);
  });
});
