import { property, truth } from '../matching/checks.ts';
import { atLeast } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';

/** About a thousand tokens of text. */
const PAGE = 'We spoke about the plan of the launch in November. '.repeat(80);

export const CONTEXT_WINDOW: CaseGroup = {
  title: 'the context',
  cases: [
    {
      name: 'A context that is compressed keeps below its trigger',
      script: async (caller) => {
        const line = await caller.connect({
          contextWindowCompression: { triggerTokens: '6000', slidingWindow: { targetTokens: '3000' } },
        });
        for (let page = 0; page < 12; page += 1) line.tell(`Ana: ${PAGE}`);
        line.ask('Ana: Who are you?');
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        holds: [
          truth(
            'a prompt of at most 6000 tokens',
            ({ usages }) => (usages[0]?.promptTokenCount ?? 0) <= 6000,
          ),
          property('tokens of the prompt', ({ usages }) => usages[0]?.promptTokenCount, atLeast(1000)),
        ],
      },
    },
    {
      name: 'A context that is not compressed is kept whole',
      script: async (caller) => {
        const line = await caller.connect();
        for (let page = 0; page < 12; page += 1) line.tell(`Ana: ${PAGE}`);
        line.ask('Ana: Who are you?');
        await line.turns(1);
      },
      expect: {
        holds: [property('tokens of the prompt', ({ usages }) => usages[0]?.promptTokenCount, atLeast(9000))],
      },
    },
    {
      name: 'A context that outgrows its window ends the connection where it is not compressed',
      onEachModel: true,
      cost: { seconds: 60, dollars: 0.2 },
      script: async (caller) => {
        const line = await caller.connect();
        const pages = Math.ceil(caller.model.contextWindow / 900) + 1;
        for (let page = 0; page < pages; page += 1) line.tell(`Ana: ${PAGE}`);
        await line.ended();
      },
      expect: { close: { code: [1007, 1011], reason: /token|exceed|argument/i } },
    },
    {
      name: 'A system instruction is billed with every turn',
      script: asking('Ana: Who are you?', { systemInstruction: PAGE }),
      expect: {
        holds: [property('tokens of the prompt', ({ usages }) => usages[0]?.promptTokenCount, atLeast(700))],
      },
    },
  ],
};
