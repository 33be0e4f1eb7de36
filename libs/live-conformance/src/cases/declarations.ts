import { asking } from './asking.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';
import {
  PLEASE_SAVE,
  blocking,
  canGoOn,
  canWait,
  nonBlocking,
  saveNote,
  theCall,
  withFunctions,
} from './functions.ts';

/** A setup with functions that are declared wrongly. */
function refusedDeclaration(what: string, functionDeclarations: readonly object[]): ConformanceCase {
  return {
    name: `A declaration is refused with ${what}`,
    script: async (caller) => {
      const line = await caller.raw();
      line.send({ setup: { model: caller.modelName, tools: [{ functionDeclarations }] } });
      await line.ended();
    },
    expect: { close: { code: [1007] }, never: ['setupComplete'] },
  };
}

export const DECLARATIONS: CaseGroup = {
  title: 'declarations of functions',
  cases: [
    {
      name: 'A function may have its parameters in JSON Schema',
      script: async (caller) => {
        const parametersJsonSchema = {
          type: 'object',
          properties: { text: { type: 'string' } },
          required: ['text'],
        };
        const line = await caller.connect(withFunctions({ name: 'save_note', parametersJsonSchema }));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
      },
      expect: { holds: [theCall] },
    },
    {
      name: 'A function that goes on is refused on a model that only waits',
      models: (model) => !canGoOn(model),
      onEachModel: true,
      script: async (caller) => {
        await caller.connect(withFunctions(nonBlocking));
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'A function that is waited for is refused on a model that never waits',
      models: (model) => !canWait(model),
      onEachModel: true,
      script: async (caller) => {
        await caller.connect(withFunctions(blocking));
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'Nothing is called that was not declared',
      script: asking(PLEASE_SAVE, { outputAudioTranscription: {} }),
      expect: { never: ['toolCall'], order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'Search and functions may be declared together',
      models: ({ id }) => id === 'gemini-3.8-live',
      script: async (caller) => {
        await caller.connect({ tools: [{ googleSearch: {} }, { functionDeclarations: [saveNote] }] });
      },
      expect: { order: 'setupComplete' },
    },
    refusedDeclaration('the same name twice', [{ name: 'save_note' }, { name: 'save_note' }]),
    refusedDeclaration('parameters that are no object', [
      { name: 'save_note', parameters: { type: 'STRING' } },
    ]),
    refusedDeclaration('an unknown behavior', [{ name: 'save_note', behavior: 'SOMETIMES' }]),
    refusedDeclaration('no name', [{ description: 'nameless' }]),
  ],
};
