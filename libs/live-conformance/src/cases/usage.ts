import { property, truth } from '../matching/checks.ts';
import { atLeast } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';

export const USAGE: CaseGroup = {
  title: 'usage',
  cases: [
    {
      name: 'A bill names the tokens of prompt and answer alike on both services, and the sum adds up',
      onEachModel: true,
      script: asking('Hello. Who are you?'),
      expect: {
        together: ['turnComplete', 'usage'],
        holds: [
          property('tokens of the prompt', ({ usages }) => usages[0]?.promptTokenCount, atLeast(1)),
          property('tokens of the answer', ({ usages }) => usages[0]?.responseTokenCount, atLeast(1)),
          truth('the total is the sum', ({ usages: [bill] }) => {
            const { promptTokenCount = 0, responseTokenCount = 0, thoughtsTokenCount = 0 } = bill ?? {};
            return bill?.totalTokenCount === promptTokenCount + responseTokenCount + thoughtsTokenCount;
          }),
          truth('the modalities of the prompt add up', ({ usages: [bill] }) => {
            const sum = (bill?.promptTokensDetails ?? []).reduce(
              (all, { tokenCount = 0 }) => all + tokenCount,
              0,
            );
            return sum === bill?.promptTokenCount;
          }),
          property(
            'modality of the answer',
            ({ usages }) => usages[0]?.responseTokensDetails?.map(({ modality }) => modality),
            ['AUDIO'],
          ),
        ],
      },
    },
    {
      name: 'Voice costs 25 tokens a second',
      script: asking('Ana: Tell me in three sentences who you are.'),
      expect: {
        holds: [
          truth('25 tokens a second, within two', ({ usages, spokenSeconds }) => {
            const tokens = usages[0]?.responseTokenCount ?? 0;
            return Math.abs(tokens - spokenSeconds * 25) <= 2;
          }),
        ],
      },
    },
    {
      name: 'The whole context is billed with every turn',
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Hello. Who are you?');
        await line.turns(1);
        line.ask('Ana: And who is here?');
        await line.turns(2);
      },
      expect: {
        holds: [
          truth('the second prompt has the first turn in it', ({ usages: [first, second] }) => {
            return (second?.promptTokenCount ?? 0) > (first?.totalTokenCount ?? Infinity);
          }),
        ],
      },
    },
    {
      name: 'A turn that was interrupted is billed for what was sent of it',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.ask('Ana: Who is here?');
        await line.turns(1);
        await line.turns(2);
      },
      expect: {
        holds: [
          property(
            'tokens of the interrupted answer',
            ({ usages }) => usages[0]?.responseTokenCount,
            atLeast(1),
          ),
          truth('both turns cost what was spoken', ({ usages, spokenSeconds }) => {
            const tokens = usages.reduce((sum, { responseTokenCount = 0 }) => sum + responseTokenCount, 0);
            return Math.abs(tokens - spokenSeconds * 25) <= 3;
          }),
        ],
      },
    },
  ],
};
