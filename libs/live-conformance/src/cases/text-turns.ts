import { property, shape, spokenIn, spokenText, turnsComplete } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';
import { VOICE_TURN } from './orders.ts';

const transcribed = { outputAudioTranscription: {} };

export const TEXT_TURNS: CaseGroup = {
  title: 'text turns',
  cases: [
    {
      name: 'Realtime text is a turn of its own',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.send({ text: 'Hello. Who are you?' });
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [spokenText(/\w+/)] },
      tolerates: [
        { what: 'time limit', because: 'about one in twenty realtime texts is known to be ignored' },
      ],
    },
    {
      name: 'Content without the end of the turn waits, and is the history of the turn that comes',
      models: ({ id }) => id !== 'gemini-3.1-flash-live-preview',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.tell('Ana: The budget for the portal is forty thousand euros.');
        line.tell('Ben: We launch the portal in November.');
        await caller.pause(2000);
        line.ask('Cem: What did Ben say? Repeat it word by word.');
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [turnsComplete(1), spokenText(/November/i)] },
    },
    {
      name: 'Turns of the user and of the model in one message are a history',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.session.sendClientContent({
          turns: [
            { role: 'user', parts: [{ text: 'Ana: Our launch is in November.' }] },
            { role: 'model', parts: [{ text: 'I will remember that.' }] },
            { role: 'user', parts: [{ text: 'Ben: What did Ana say? Repeat it word by word.' }] },
          ],
          turnComplete: true,
        });
        await line.turns(1);
      },
      expect: { holds: [turnsComplete(1), spokenText(/November/i)] },
    },
    {
      name: 'The end of a turn without content answers what was said before',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.tell('Ana: Hello. Who are you?');
        line.session.sendClientContent({});
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [spokenText(/\w+/)] },
    },
    {
      name: 'The end of a turn in which nothing was said yet is waited over: the turn is complete, and wants more',
      script: async (caller) => {
        const line = await caller.connect();
        line.session.sendClientContent({});
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete waitingForInput turnComplete',
        never: ['model'],
        holds: [
          property(
            'reason',
            ({ messages }) => messages.at(-1)?.serverContent?.turnCompleteReason,
            'NEED_MORE_INPUT',
          ),
        ],
      },
      tolerates: [
        { what: 'order', because: 'what is done without any content is not documented' },
        { what: 'no model', because: 'what is done without any content is not documented' },
        { what: 'reason', because: 'what is done without any content is not documented' },
        { what: 'close', because: 'what is done without any content is not documented' },
        { what: 'time limit', because: 'what is done without any content is not documented' },
      ],
    },
    {
      name: 'A conversation is remembered from turn to turn',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Ana: The budget for the portal is forty thousand euros.');
        await line.turns(1);
        line.ask('Ben: What did Ana say? Repeat it word by word.');
        await line.turns(2);
      },
      expect: { holds: [turnsComplete(2), spokenIn(1)(/forty|40/i)] },
    },
    {
      name: 'New content interrupts an answer: interrupted, turn complete, and no generation complete for it',
      emulator: { speed: 5 },
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.ask('Ana: Stop. Who is here?');
        await line.turns(2);
      },
      expect: {
        order:
          'setupComplete model interrupted turnComplete usage model generationComplete turnComplete usage',
        holds: [turnsComplete(2)],
      },
    },
    {
      name: 'Realtime text interrupts an answer',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.send({ text: 'Ana: Stop. Who is here?' });
        await line.turns(2);
      },
      expect: { order: 'model interrupted turnComplete model generationComplete turnComplete' },
    },
    {
      name: 'Content without the end of the turn does not interrupt an answer on 3.x models',
      models: ({ id }) => id === 'gemini-3.8-live',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.tell('Ben: I have joined.');
        await line.turns(1);
      },
      expect: { order: 'model generationComplete turnComplete', never: ['interrupted'] },
    },
    {
      name: 'Any content interrupts an answer on 2.x models',
      models: ({ id }) => id.includes('2.'),
      onEachModel: true,
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.tell('Ben: I have joined.');
        await line.turns(1);
      },
      expect: { order: 'model interrupted turnComplete', never: ['generationComplete'] },
    },
    {
      name: 'Nothing but its setup comes from a service that was asked nothing',
      script: async (caller) => {
        await caller.connect();
        await caller.pause(3000);
      },
      expect: { holds: [shape(['setupComplete'])] },
    },
  ],
};
