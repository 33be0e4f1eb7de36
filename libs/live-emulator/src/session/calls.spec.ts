import { describe, expect, it } from 'vitest';
import type { BenchOptions } from '../testing/session-bench.ts';
import { SessionBench } from '../testing/session-bench.ts';

const LIVE_3_8 = 'gemini-3.8-live';
const NATIVE_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const CALL = { name: 'look', args: { at: 'it' } };
const SECOND = 1000;

/** A session whose model calls a function, or two, first. */
function calling(
  behavior: 'BLOCKING' | 'NON_BLOCKING',
  { setup, plans = [], ...options }: BenchOptions & { readonly say?: string | null } = {},
): Promise<SessionBench> {
  const { say = behavior === 'BLOCKING' ? null : 'One moment.' } = options;
  return SessionBench.open({
    ...options,
    setup: {
      tools: [{ functionDeclarations: [{ name: 'look', behavior }] }],
      outputAudioTranscription: {},
      sessionResumption: {},
      ...setup,
    },
    plans: [{ say, calls: [CALL] }, ...(plans.length === 0 ? [{ say: 'Here it is.' }] : plans)],
  });
}

async function called(bench: SessionBench): Promise<string> {
  await (await bench.ask('Please look.')).pass(SECOND);
  return bench.calls[0]?.id ?? '';
}

const found = (id: string, more: object = {}) => ({
  id,
  name: 'look',
  response: { output: 'a cat' },
  ...more,
});

describe('a call that blocks', () => {
  it('is answered before anything is said, and the model speaks from the answer', async () => {
    const bench = await calling('BLOCKING');
    const id = await called(bench);
    expect(bench.calls).toEqual([{ id, ...CALL }]);
    expect(bench.shape).toEqual(['setupComplete', 'sessionResumptionUpdate', 'toolCall']);
    await (await bench.pass(60 * SECOND)).answer(found(id));
    await bench.pass(10 * SECOND);
    expect(bench.text).toBe('Here it is.');
    expect(bench.shape.slice(3)).toEqual([
      'modelTurn+outputTranscription',
      'modelTurn',
      'generationComplete',
      'turnComplete+usageMetadata',
      'sessionResumptionUpdate',
    ]);
    expect(bench.handles).toEqual([null, expect.any(String)]);
    expect(bench.asked[1]?.entries.at(-1)?.results).toEqual([
      { name: 'look', response: { output: 'a cat' }, silent: false },
    ]);
    expect(bench.asked[1]?.entries.at(-2)?.calls).toEqual([CALL]);
  });

  it('holds back what the plan says for after the answer', async () => {
    const bench = await calling('BLOCKING', { say: 'I have looked.' });
    const id = await called(bench);
    expect(bench.text).toBe('');
    await (await bench.answer(found(id))).pass(10 * SECOND);
    expect(bench.text).toBe('I have looked.');
    expect(bench.asked).toHaveLength(1);
  });

  it('waits for all of several', async () => {
    const bench = await SessionBench.open({
      model: NATIVE_2_5,
      setup: {
        tools: [{ functionDeclarations: [{ name: 'a' }, { name: 'b' }] }],
        outputAudioTranscription: {},
      },
      plans: [{ say: null, calls: ['a', 'b'].map((name) => ({ name, args: {} })) }, { say: 'Both.' }],
    });
    await called(bench);
    expect(bench.messages.filter(({ toolCall }) => toolCall)).toHaveLength(1);
    const [a, b] = bench.calls;
    await (await bench.answer({ id: b?.id, name: 'b', response: {} })).pass(10 * SECOND);
    expect(bench.text).toBe('');
    await (await bench.answer({ id: a?.id, name: 'a', response: {} })).pass(10 * SECOND);
    expect(bench.text).toBe('Both.');
  });

  it('is cancelled by new input: behind the interruption on 2.5, in one message with it on 3.8', async () => {
    for (const [model, shape] of [
      [NATIVE_2_5, ['interrupted', 'toolCallCancellation', 'turnComplete+usageMetadata']],
      [LIVE_3_8, ['interrupted+toolCallCancellation', 'turnComplete+usageMetadata']],
    ] as const) {
      const bench = await calling('BLOCKING', { model });
      const id = await called(bench);
      await bench.clear().send({ realtimeInput: { text: 'Never mind.' } });
      expect(bench.shape.slice(0, shape.length)).toEqual(shape);
      expect(bench.messages.flatMap(({ toolCallCancellation }) => toolCallCancellation?.ids ?? [])).toEqual([
        id,
      ]);
      await bench.answer(found(id));
      await bench.pass(10 * SECOND);
      expect(bench.closed).toBeNull();
      expect(bench.asked.at(-1)?.entries.some(({ results }) => results)).toBe(false);
    }
  });

  it('is cancelled by new input on 3.8 even where nothing may interrupt, and waited for on 2.5', async () => {
    const setup = { realtimeInputConfig: { activityHandling: 'NO_INTERRUPTION' } };
    for (const [model, cancels] of [
      [LIVE_3_8, true],
      [NATIVE_2_5, false],
    ] as const) {
      const bench = await calling('BLOCKING', { model, setup });
      await called(bench);
      await bench.clear().send({ realtimeInput: { text: 'Never mind.' } });
      expect(bench.messages.some(({ toolCallCancellation }) => toolCallCancellation)).toBe(cancels);
    }
  });
});

describe('a call that does not block', () => {
  it('lets the model speak meanwhile; the answer is told once it is idle', async () => {
    const bench = await calling('NON_BLOCKING', { plans: [{ say: 'It is a cat.' }] });
    const id = await called(bench);
    await bench.answer(found(id));
    expect(bench.asked).toHaveLength(1);
    await bench.pass(20 * SECOND);
    expect(bench.text).toBe('One moment.It is a cat.');
    expect(bench.asked[1]?.entries.at(-2)?.text).toBe('One moment.');
    expect(bench.asked[1]?.entries.at(-1)?.results).toHaveLength(1);
    const turns = bench.shape.filter((kind) => kind === 'turnComplete+usageMetadata');
    expect(turns).toHaveLength(2);
    expect(bench.shape).not.toContain('interrupted');
    expect(bench.handles).toEqual([null, expect.any(String)]);
  });

  it('keeps the session from being resumed until it is answered', async () => {
    const bench = await calling('NON_BLOCKING');
    const id = await called(bench);
    await bench.pass(60 * SECOND);
    expect(bench.shape.at(-1)).toBe('turnComplete+usageMetadata');
    expect(bench.handles).toEqual([null]);
    await bench.answer(found(id, { scheduling: 'SILENT' }));
    expect(bench.handles).toEqual([null, expect.any(String)]);
  });

  it('is answered silently: known, and not spoken about', async () => {
    const bench = await calling('NON_BLOCKING');
    const id = await called(bench);
    await (await bench.pass(60 * SECOND)).clear().answer(found(id, { scheduling: 'SILENT' }));
    await bench.pass(60 * SECOND);
    expect(bench.shape).toEqual(['sessionResumptionUpdate']);
    await bench.ask('And now?');
    expect(bench.asked.at(-1)?.entries.flatMap(({ results = [] }) => results)).toMatchObject([
      { silent: true },
    ]);
  });

  it('is answered with an interruption of what is being said', async () => {
    const bench = await calling('NON_BLOCKING', { say: 'One moment, please, while I am looking at it.' });
    const id = await called(bench);
    await bench.clear().answer(found(id, { scheduling: 'INTERRUPT' }));
    expect(bench.shape.slice(0, 2)).toEqual(['interrupted', 'turnComplete+usageMetadata']);
    await bench.pass(20 * SECOND);
    expect(bench.text).toBe('Here it is.');
  });

  it('is told behind the turn of a call that blocks, when its answer comes while the model waits', async () => {
    const bench = await SessionBench.open({
      setup: {
        outputAudioTranscription: {},
        tools: [
          {
            functionDeclarations: [
              { name: 'slow', behavior: 'BLOCKING' },
              { name: 'look', behavior: 'NON_BLOCKING' },
            ],
          },
        ],
      },
      plans: [
        { say: null, calls: ['slow', 'look'].map((name) => ({ name, args: {} })) },
        { say: 'Slowly.' },
        { say: 'A cat.' },
      ],
    });
    await called(bench);
    const [slow, look] = bench.calls;
    await bench.answer(found(look?.id ?? ''));
    await (await bench.answer({ id: slow?.id, name: 'slow', response: {} })).pass(20 * SECOND);
    expect(bench.text).toBe('Slowly.A cat.');
    expect(bench.asked[2]?.entries.at(-1)?.results).toMatchObject([{ name: 'look' }]);
  });

  it('may be answered in several parts', async () => {
    const bench = await calling('NON_BLOCKING', { plans: [{ say: 'A first part.' }, { say: 'The rest.' }] });
    const id = await called(bench);
    await bench.pass(10 * SECOND);
    await (await bench.answer(found(id, { willContinue: true }))).pass(10 * SECOND);
    await (await bench.answer(found(id))).pass(10 * SECOND);
    expect(bench.text).toBe('One moment.A first part.The rest.');
    await bench.clear().answer(found(id));
    expect(bench.messages).toEqual([]);
    expect(bench.closed).toBeNull();
  });

  it('goes on when somebody speaks after its turn', async () => {
    const bench = await calling('NON_BLOCKING');
    await called(bench);
    await (await bench.pass(10 * SECOND)).ask('Something else.');
    await bench.pass(10 * SECOND);
    expect(bench.shape).not.toContain('interrupted');
    expect(bench.messages.some(({ toolCallCancellation }) => toolCallCancellation)).toBe(false);
  });
});

describe('an answer to a call', () => {
  it.each([
    ['that never was', { id: 'fc-0', name: 'look', response: {} }, 'developer'],
    ['that it does not name, on the Developer API', { name: 'look', response: {} }, 'developer'],
    ['of another function, on Vertex AI', { name: 'other', response: {} }, 'vertex'],
    ['that goes on, on Vertex AI', { name: 'look', response: {}, willContinue: true }, 'vertex'],
  ] as const)('%s ends the connection with 1007', async (_, response, backend) => {
    const bench = await calling('NON_BLOCKING', { backend });
    await called(bench);
    await bench.answer(response);
    expect(bench.closed).toMatchObject({ code: 1007 });
  });

  it('is found by the name of the function on Vertex AI, which completes generation behind a call', async () => {
    const bench = await calling('BLOCKING', { backend: 'vertex' });
    await called(bench);
    expect(bench.shape.slice(-2)).toEqual(['toolCall', 'generationComplete']);
    await (await bench.answer({ name: 'look', response: {} })).pass(10 * SECOND);
    expect(bench.text).toBe('Here it is.');
  });

  it('to a call of an earlier connection comes too late and does nothing', async () => {
    const first = await calling('NON_BLOCKING');
    const id = await called(first);
    await (await first.pass(10 * SECOND)).answer(found(id, { scheduling: 'SILENT' }));
    first.end();
    const { clock, resumption } = first;
    const setup = { sessionResumption: { handle: first.handles.at(-1) } };
    const second = await SessionBench.open({ clock, resumption, setup });
    await second.answer(found(id));
    expect(second.closed).toBeNull();
  });
});

it('a call of a function that is not declared ends the turn as malformed', async () => {
  const bench = await SessionBench.open({ plans: [{ say: 'x', calls: [CALL] }] });
  await called(bench);
  expect(bench.messages.at(-1)?.serverContent).toEqual({
    turnComplete: true,
    turnCompleteReason: 'MALFORMED_FUNCTION_CALL',
  });
});
