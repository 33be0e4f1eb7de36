import { FunctionResponseScheduling } from '@google/genai';
import { spokenIn, spokenText, turnsComplete } from '../matching/checks.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';
import { PLEASE_SAVE, canGoOn, goesOn, nonBlocking, saveNote, waits, withFunctions } from './functions.ts';
import { ANSWER, CALL } from './orders.ts';

/** An answer to a call that comes while the model says something else. */
function answered(scheduling: FunctionResponseScheduling, name: string, order: string): ConformanceCase {
  return {
    name,
    models: canGoOn,
    emulator: { speed: 5 },
    script: async (caller) => {
      const line = await caller.connect(withFunctions(nonBlocking));
      line.ask(PLEASE_SAVE);
      await line.turns(1);
      line.ask('Ana: Tell me in five sentences who you are.');
      await line.until((seen) => seen.turn(1).count('model') >= 2);
      const [call] = line.exchange.calls;
      line.answer(call, { output: 'kept as number seven' }, { scheduling });
      await line.turns(scheduling === FunctionResponseScheduling.SILENT ? 2 : 3);
      await caller.pause(1500);
    },
    expect: { order: `${CALL} ${order}` },
  };
}

export const CALL_ANSWERS: CaseGroup = {
  title: 'answers to functions',
  cases: [
    answered(
      FunctionResponseScheduling.SILENT,
      'An answer that is to be silent makes the model say nothing',
      'model generationComplete turnComplete model generationComplete turnComplete',
    ),
    answered(
      FunctionResponseScheduling.WHEN_IDLE,
      'An answer waits until the model has spoken, where it is for an idle model',
      'model generationComplete turnComplete model generationComplete turnComplete model generationComplete turnComplete',
    ),
    answered(
      FunctionResponseScheduling.INTERRUPT,
      'An answer interrupts what the model says, where it is to',
      'model generationComplete turnComplete model interrupted turnComplete model generationComplete turnComplete',
    ),
    {
      name: 'Several calls may be answered in one message',
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
        line.respond(
          ...line.exchange.calls.map(({ id, name }) => ({ id, name, response: { output: 'ok' } })),
        );
        await line.turns(1);
      },
      expect: { order: `${CALL} ${ANSWER}`, holds: [turnsComplete(1)] },
      tolerates: [{ what: 'time limit', because: 'the model may call one after the other' }],
    },
    {
      name: 'A failure of a function is told',
      models: waits,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        const [call] = line.exchange.calls;
        line.answer(call, { error: 'the notebook is full' });
        await line.turns(1);
      },
      expect: { holds: [spokenText(/fail|full|not|sorry|unable/i)] },
    },
    {
      name: 'An answer to a call that never was ends the connection',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.respond({ id: 'never-called', name: 'save_note', response: { output: 'ok' } });
        await line.ended();
      },
      expect: { close: { code: [1007, 1008, 1011] } },
    },
    {
      name: 'An answer needs the id of its call on the Developer API',
      services: ['developer'],
      script: async (caller) => {
        const line = await caller.rawSetUp({ tools: [{ functionDeclarations: [saveNote] }] });
        line.send({
          clientContent: { turns: [{ role: 'user', parts: [{ text: PLEASE_SAVE }] }], turnComplete: true },
        });
        await line.gets('toolCall');
        line.send({
          toolResponse: { functionResponses: [{ name: 'save_note', response: { output: 'ok' } }] },
        });
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'An answer finds its call by the name of the function on Vertex AI',
      services: ['vertex'],
      models: waits,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
        line.respond({ name: 'save_note', response: { output: 'kept as number seven' } });
        await line.turns(1);
      },
      expect: { holds: [spokenText(/seven|7/i)] },
    },
    {
      name: 'A call that goes on may be answered several times on the Developer API',
      services: ['developer'],
      models: goesOn,
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.turns(1);
        const [call] = line.exchange.calls;
        line.answer(call, { output: 'half of it is kept' }, { willContinue: true });
        await line.turns(2);
        line.answer(call, { output: 'kept as number seven' }, { willContinue: false });
        await line.turns(3);
      },
      expect: { holds: [turnsComplete(3), spokenIn(2)(/seven|7/i)] },
    },
  ],
};
