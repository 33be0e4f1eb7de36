import { atLeast } from '../matching/expected.ts';
import { heardText, promptTokens, turnsComplete } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';

const manual = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };

export const MANUAL_ACTIVITY: CaseGroup = {
  title: 'activity marked by the client',
  cases: [
    {
      name: 'What lies between the marks is one turn, whatever pauses are in it',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({ ...manual, inputAudioTranscription: {} });
        line.send({ activityStart: {} });
        await line.say(caller.sentence);
        await line.say(caller.silence(3));
        await line.say(caller.sentence);
        line.send({ activityEnd: {} });
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete heard model generationComplete turnComplete usage',
        holds: [turnsComplete(1), heardText(/\S/), promptTokens('AUDIO')(atLeast(100))],
      },
    },
    {
      name: 'Speech without marks is not answered',
      script: async (caller) => {
        const line = await caller.connect(manual);
        await line.say(caller.sentence);
        await line.say(caller.silence(1));
        await caller.pause(3000);
      },
      expect: { never: ['model', 'turnComplete'] },
    },
    {
      name: 'Text and marked speech take turns',
      script: async (caller) => {
        const line = await caller.connect(manual);
        line.ask('Ana: Who are you?');
        await line.turns(1);
        line.send({ activityStart: {} });
        await line.say(caller.sentence);
        line.send({ activityEnd: {} });
        await line.turns(2);
      },
      expect: { order: 'model generationComplete turnComplete model generationComplete turnComplete' },
    },
    {
      name: 'A marked start interrupts an answer',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect(manual);
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.send({ activityStart: {} });
        await line.turns(1);
        await line.say(caller.sentence);
        line.send({ activityEnd: {} });
        await line.turns(2);
      },
      expect: { order: 'model interrupted turnComplete model generationComplete turnComplete' },
    },
    {
      name: 'A mark is refused where activity is found by the service',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.send({ activityStart: {} });
        await line.ended();
      },
      expect: { close: { code: [1007], reason: /activity/i } },
    },
    {
      name: 'A mark of the end is refused where activity is found by the service',
      script: async (caller) => {
        const line = await caller.connect();
        line.send({ activityEnd: {} });
        await line.ended();
      },
      expect: { close: { code: [1007], reason: /activity/i } },
    },
    {
      name: 'A second start within an activity is refused',
      script: async (caller) => {
        const line = await caller.connect(manual);
        line.send({ activityStart: {} });
        line.send({ activityStart: {} });
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
  ],
};
