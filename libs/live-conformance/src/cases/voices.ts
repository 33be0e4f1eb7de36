import { VOICES } from '@studio/contracts';
import { truth } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';

const speaking = (voiceName: string) => ({
  speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } },
});

export const VOICE_CASES: CaseGroup = {
  title: 'voices',
  cases: [
    ...VOICES.map((voice) => ({
      name: `The voice ${voice} is taken`,
      script: async (caller: Parameters<CaseGroup['cases'][number]['script']>[0]) => {
        await caller.connect(speaking(voice));
      },
      expect: { order: 'setupComplete' },
    })),
    {
      name: 'Another voice sounds otherwise',
      script: async (caller) => {
        for (const voice of ['Puck', 'Kore']) {
          const line = await caller.connect(speaking(voice));
          line.ask('Ana: Who are you?');
          await line.turns(1);
        }
      },
      expect: [
        { holds: [truth('a voice', ({ audioChunks }) => audioChunks.length > 0)] },
        { holds: [truth('a voice', ({ audioChunks }) => audioChunks.length > 0)] },
      ],
    },
    {
      name: 'An unknown voice is refused by name',
      onEachModel: true,
      script: async (caller) => {
        await caller.connect(speaking('Nobody'));
      },
      expect: { close: { code: [1007, 1008], reason: /nobody|voice|argument/i } },
    },
    {
      name: 'The name of a voice counts with its capitals',
      script: async (caller) => {
        await caller.connect(speaking('puck'));
      },
      expect: { close: { code: [1007, 1008] } },
    },
  ],
};
