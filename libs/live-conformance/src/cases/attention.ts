import type { LiveConnectConfig } from '@google/genai';
import type { LiveModel, LiveService } from '@studio/contracts';
import { property } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';

const quiet: LiveConnectConfig = {
  systemInstruction:
    'You are Gemini, one of several people. Say nothing at all when somebody speaks to somebody else by name.',
};
const proactive = { ...quiet, proactivity: { proactiveAudio: true } };
const access = ({ proactiveAudio }: LiveModel, service: LiveService) =>
  proactiveAudio === 'optional' && service === 'developer' ? { apiVersion: 'v1alpha' } : {};

export const ATTENTION: CaseGroup = {
  title: 'proactive audio',
  cases: [
    {
      name: 'A model may stay silent where somebody speaks to somebody else: the turn is complete without an answer',
      models: ({ proactiveAudio }) => proactiveAudio !== 'unsupported',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(proactive, access(caller.model, caller.target.service));
        line.tell('Ben: Good morning.');
        line.ask('Ana: Ben, could you send me the slides?');
        await line.turns(1);
      },
      expect: { never: ['model', 'transcript'], order: 'setupComplete turnComplete' },
      tolerates: [
        { what: 'no model', because: 'a model that may stay silent need not' },
        { what: 'time limit', because: 'a turn without an answer may not be told at all' },
      ],
    },
    {
      name: 'A model that may stay silent answers when it is spoken to',
      models: ({ proactiveAudio }) => proactiveAudio !== 'unsupported',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(proactive, access(caller.model, caller.target.service));
        line.tell('Ben: Good morning.');
        line.ask('Ana: Gemini, who are you?');
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'A model that may not stay silent always answers',
      models: ({ proactiveAudio }) => proactiveAudio !== 'always',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.tell('Ben: Good morning.');
        line.ask('Ana: Ben, could you send me the slides?');
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete model generationComplete turnComplete',
        holds: [property('answers', (seen) => seen.count('generationComplete'), 1)],
      },
    },
  ],
};
