import { FunctionResponseScheduling } from '@google/genai';
import type { LiveModel } from '@studio/contracts';
import { property, spokenIn, spokenText, truth, turnsComplete } from '../matching/checks.ts';
import { anything, atLeast } from '../matching/expected.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';
import { NOTE, PLEASE_SAVE, blocking, nonBlocking, saveNote, withFunctions } from './functions.ts';

const waits = ({ functionCalls }: LiveModel): boolean =>
  functionCalls === 'blocking' || functionCalls === 'sync-only';
const goesOn = (model: LiveModel): boolean => !waits(model);
const canGoOn = ({ functionCalls }: LiveModel): boolean => functionCalls !== 'sync-only';
const canWait = ({ functionCalls }: LiveModel): boolean => functionCalls !== 'async-only';

const CALL = 'setupComplete toolCall generationComplete?';
const ANSWER = '(model|transcript)+ generationComplete turnComplete';
const theCall = property('calls', ({ calls }) => calls, [
  { id: /./, name: 'save_note', args: { text: NOTE } },
]);

/** A setup with functions that are declared wrongly. */
function refusedDeclaration(what: string, functionDeclarations: readonly object[]): ConformanceCase {
  return {
    name: `A declaration is refused with ${what}`,
    script: async (caller) => {
      const line = await caller.raw();
      line.send({ setup: { model: caller.modelName, tools: [{ functionDeclarations }] } });
      await line.ended();
    },
    expect: { close: { code: [1007] }, never: ['setupComplete'] },
  };
}

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
      name: 'A function may have its parameters in JSON Schema',
      script: async (caller) => {
        const parametersJsonSchema = {
          type: 'object',
          properties: { text: { type: 'string' } },
          required: ['text'],
        };
        const line = await caller.connect(withFunctions({ name: 'save_note', parametersJsonSchema }));
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
      name: 'A function that goes on is refused on a model that only waits',
      models: (model) => !canGoOn(model),
      onEachModel: true,
      script: async (caller) => {
        await caller.connect(withFunctions(nonBlocking));
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'A function that is waited for is refused on a model that never waits',
      models: (model) => !canWait(model),
      onEachModel: true,
      script: async (caller) => {
        await caller.connect(withFunctions(blocking));
      },
      expect: { close: { code: [1007] } },
    },
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
      name: 'Nothing is called that was not declared',
      script: async (caller) => {
        const line = await caller.connect({ outputAudioTranscription: {} });
        line.ask(PLEASE_SAVE);
        await line.turns(1);
      },
      expect: { never: ['toolCall'], order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'A call that the model gets wrong ends the turn, and the reason is told',
      emulator: { plays: { call: [{ name: 'never_declared', args: {} }] } },
      emulatorOnly: 'no words make a model of Google get a call wrong',
      script: async (caller) => {
        const line = await caller.connect(withFunctions(saveNote));
        line.ask(PLEASE_SAVE);
        await line.turns(1);
      },
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
      name: 'Search and functions may be declared together',
      models: ({ id }) => id === 'gemini-3.8-live',
      script: async (caller) => {
        await caller.connect({ tools: [{ googleSearch: {} }, { functionDeclarations: [saveNote] }] });
      },
      expect: { order: 'setupComplete' },
    },
    refusedDeclaration('the same name twice', [{ name: 'save_note' }, { name: 'save_note' }]),
    refusedDeclaration('parameters that are no object', [
      { name: 'save_note', parameters: { type: 'STRING' } },
    ]),
    refusedDeclaration('an unknown behavior', [{ name: 'save_note', behavior: 'SOMETIMES' }]),
    refusedDeclaration('no name', [{ description: 'nameless' }]),
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
