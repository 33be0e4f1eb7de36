import { InteractionStatus, ThinkingLevel } from '@google/genai';
import { property, turnsComplete } from '../matching/checks.ts';
import { Condition, atLeast } from '../matching/expected.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';

const QUESTION = 'Ana: Which of two plans is better: to launch in November, or to wait? Tell me why.';

function statuses({ messages }: Exchange): unknown[] {
  return messages.flatMap(({ serverContent: content }) =>
    content?.turnComplete === true ? [content.interactionStatus] : [],
  );
}

export const THINKING: CaseGroup = {
  title: 'thinking',
  cases: [
    {
      name: 'Thoughts come where they were asked for, apart from the answer, and are billed',
      models: ({ thinking }) => thinking !== 'none',
      onEachModel: true,
      script: asking(QUESTION, { thinkingConfig: { includeThoughts: true } }),
      expect: {
        order: 'setupComplete thought model generationComplete turnComplete usage',
        holds: [property('tokens of thoughts', ({ usages }) => usages[0]?.thoughtsTokenCount, atLeast(1))],
      },
    },
    {
      name: 'Thoughts do not come where they were not asked for',
      onEachModel: true,
      script: asking(QUESTION),
      expect: { never: ['thought'] },
    },
    {
      name: 'A model without a budget of thinking does not think',
      models: ({ thinking }) => thinking === 'budget',
      script: asking(QUESTION, { thinkingConfig: { thinkingBudget: 0, includeThoughts: true } }),
      expect: {
        never: ['thought'],
        holds: [property('tokens of thoughts', ({ usages }) => usages[0]?.thoughtsTokenCount ?? 0, 0)],
      },
    },
    {
      name: 'A model with extended thinking says with each turn whether more will come',
      models: ({ functionCalls }) => functionCalls === 'async-only',
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Who are you?');
        await line.until((seen) => statuses(seen).at(-1) === InteractionStatus.IDLE);
      },
      expect: { holds: [property('last status', (seen) => statuses(seen).at(-1), InteractionStatus.IDLE)] },
    },
    {
      name: 'A model that thinks long speaks in several turns, in progress until the last',
      models: ({ functionCalls }) => functionCalls === 'async-only',
      script: async (caller) => {
        const line = await caller.connect({ thinkingConfig: { thinkingLevel: ThinkingLevel.HIGH } });
        line.ask(QUESTION);
        await line.until((seen) => statuses(seen).at(-1) === InteractionStatus.IDLE);
      },
      expect: {
        order: 'setupComplete (model generationComplete turnComplete)+',
        holds: [
          property('turns', (seen) => seen.count('turnComplete'), atLeast(2)),
          property('statuses before the last', (seen) => [...new Set(statuses(seen).slice(0, -1))], [
            InteractionStatus.IN_PROGRESS,
          ]),
        ],
      },
    },
    {
      name: 'A model without extended thinking does not speak of it',
      models: ({ functionCalls }) => functionCalls !== 'async-only',
      onEachModel: true,
      script: asking('Ana: Who are you?'),
      expect: {
        never: ['interactionStatus'],
        holds: [
          turnsComplete(1),
          property('statuses', statuses, new Condition('none', (seen) => String(seen) === '')),
        ],
      },
    },
  ],
};
