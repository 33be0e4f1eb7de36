import { spokenText, property } from '../matching/checks.ts';
import { anything, atLeast } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';

const QUESTION = 'Ana: Please search the web for the height of the tallest tower in Europe.';

export const GROUNDING: CaseGroup = {
  title: 'Google search',
  cases: [
    {
      name: 'An answer from the web says what was searched for and found, and which words it is founded on',
      onEachModel: true,
      script: asking(QUESTION, { outputAudioTranscription: {}, tools: [{ googleSearch: {} }] }),
      expect: {
        order: 'setupComplete (model|transcript)+ generationComplete turnComplete usage',
        holds: [
          spokenText(/\w+/),
          property(
            'grounding',
            ({ messages }) =>
              messages.find(({ serverContent: content }) => content?.groundingMetadata)?.serverContent
                ?.groundingMetadata,
            {
              searchEntryPoint: { renderedContent: /</ },
              webSearchQueries: anything,
              groundingChunks: anything,
            },
          ),
          property(
            'queries',
            ({ messages }) =>
              messages.flatMap(
                ({ serverContent: content }) => content?.groundingMetadata?.webSearchQueries ?? [],
              ).length,
            atLeast(1),
          ),
          property(
            'first source',
            ({ messages }) =>
              messages.flatMap(
                ({ serverContent: content }) => content?.groundingMetadata?.groundingChunks ?? [],
              )[0],
            { web: { uri: /^https:/, title: /./ } },
          ),
          property(
            'first words that are founded',
            ({ messages }) =>
              messages.flatMap(
                ({ serverContent: content }) => content?.groundingMetadata?.groundingSupports ?? [],
              )[0],
            { segment: { endIndex: atLeast(1), text: /./ }, groundingChunkIndices: anything },
          ),
        ],
      },
    },
    {
      name: 'Nothing is searched for where search was not asked for',
      script: asking(QUESTION),
      expect: { never: ['grounding'], order: 'model generationComplete turnComplete' },
    },
  ],
};
