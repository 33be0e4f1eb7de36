import { property, spokenIn, spokenText, truth, turnsComplete } from '../matching/checks.ts';
import { anything, atLeast } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';
import {
  PLEASE_SAVE,
  blocking,
  canWait,
  goesOn,
  nonBlocking,
  saveNote,
  theCall,
  waits,
  withFunctions,
} from './functions.ts';
import { ANSWER, CALL } from './orders.ts';

export const TOOLS: CaseGroup = {
  title: 'functions',
  cases: [
    {
      name: 'A function is called with its name, its arguments and an id',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
      },
      expect: { holds: [theCall] },
    },
    {
      name: 'A model that waits says nothing before the answer, and speaks from it then',
      models: waits,
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        await caller.pause(2000);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'kept as number seven' });
        await line.turns(1);
      },
      expect: {
        order: `${CALL} ${ANSWER} usage`,
        holds: [
          turnsComplete(1),
          spokenText(/seven|7/i),
          truth('no voice before the answer', (exchange) => {
            const [called = 0] = exchange.times('toolCall');
            const [spoke = 0] = exchange.times('model');
            return spoke - called > 1500;
          }),
        ],
      },
    },
    {
      name: 'A model that goes on completes its turn without the answer, and speaks from it when it comes',
      models: goesOn,
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.turns(1);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'kept as number seven' });
        await line.turns(2);
      },
      expect: {
        order: `${CALL} (model|transcript)* generationComplete? turnComplete ${ANSWER}`,
        holds: [spokenIn(1)(/seven|7/i)],
      },
    },
    {
      name: 'A function that is declared so goes on also on a model that waits',
      models: ({ functionCalls }) => functionCalls === 'blocking',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(nonBlocking));
        line.ask(PLEASE_SAVE);
        await line.turns(1);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'kept as number seven' });
        await line.turns(2);
      },
      expect: { holds: [turnsComplete(2), spokenIn(1)(/seven|7/i)] },
    },
    {
      name: 'A function that is declared so is waited for also on a model that goes on',
      models: ({ functionCalls }) => functionCalls === 'non-blocking',
      script: async (caller) => {
        const line = await caller.connect(withFunctions(blocking));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        await caller.pause(2000);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'kept as number seven' });
        await line.turns(1);
      },
      expect: { order: `${CALL} ${ANSWER}`, holds: [turnsComplete(1), spokenText(/seven|7/i)] },
    },
    {
      name: 'New content cancels a call that is waited for, by its id, and a late answer does nothing',
      models: canWait,
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(blocking));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        line.ask('Ana: Never mind. Who are you?');
        await line.gets('toolCallCancellation');
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'too late' });
        await line.turns(2);
        await caller.pause(1000);
      },
      expect: {
        order: `${CALL} interrupted toolCallCancellation turnComplete model generationComplete turnComplete`,
        holds: [
          truth('the id of the call', ({ messages, calls: [call] }) =>
            messages.some(({ toolCallCancellation }) => toolCallCancellation?.ids?.join() === call?.id),
          ),
        ],
      },
    },
    {
      name: 'Several functions may be called in one message, and a model that waits waits for all of them',
      models: waits,
      emulator: {
        plays: {
          call: [
            { name: 'save_note', args: { text: 'one' } },
            { name: 'save_note', args: { text: 'two' } },
          ],
          thenSay: 'Both notes are kept.',
        },
      },
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask('Ana: Call save_note twice at once, with "one" and with "two".');
        await line.until(({ calls }) => calls.length === 2);
        const [one, two] = line.exchange.calls;
        line.answer(two, { output: 'ok' });
        await caller.pause(1500);
        line.answer(one, { output: 'ok' });
        await line.turns(1);
      },
      expect: {
        order: `${CALL} ${ANSWER}`,
        holds: [
          turnsComplete(1),
          truth('two ids', ({ calls }) => new Set(calls.map(({ id }) => id)).size === 2),
          truth('no voice before the last answer', (exchange) => {
            const [called = 0] = exchange.times('toolCall');
            return (exchange.times('model')[0] ?? 0) - called > 1200;
          }),
        ],
      },
      tolerates: [{ what: 'time limit', because: 'the model may call one after the other' }],
    },
    {
      name: 'A session cannot be resumed while a call is open, and can be once it is answered',
      models: waits,
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({ ...withFunctions(saveNote), sessionResumption: {} });
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        await caller.pause(1000);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'ok' });
        await line.gets('resumable');
      },
      expect: { order: 'notResumable toolCall turnComplete resumable' },
    },
    {
      name: 'A call that the model gets wrong ends the turn, and the reason is told',
      emulator: { plays: { call: [{ name: 'never_declared', args: {} }] } },
      emulatorOnly: 'no words make a model of Google get a call wrong',
      script: asking(PLEASE_SAVE, withFunctions(saveNote)),
      expect: {
        never: ['toolCall', 'model'],
        holds: [
          property(
            'reason',
            ({ messages }) => messages.at(-1)?.serverContent?.turnCompleteReason,
            'MALFORMED_FUNCTION_CALL',
          ),
        ],
      },
    },
    {
      name: 'What a call and its answer say is billed with the next turn',
      models: waits,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'a word '.repeat(200) });
        await line.turns(1);
      },
      expect: {
        holds: [
          property('tokens of the prompt', ({ usages }) => usages[0]?.promptTokenCount, atLeast(250)),
          property('call', ({ calls }) => calls[0]?.id, anything),
        ],
      },
    },
  ],
};
