import { describe, expect, it } from 'vitest';
import { SessionBench } from '../testing/session-bench.ts';

const NATIVE_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const EXTENDED = 'gemini-3.8-live-extended-thinking';
const SECOND = 1000;

const search = {
  queries: ['cats'],
  sources: [
    { uri: 'https://example.com/a', title: 'A' },
    { uri: 'https://example.com/b', title: 'B' },
  ],
};

describe('an answer that was searched for', () => {
  const grounded = { say: 'Cats sleep. Ünd they purr!', search };
  const searching = { tools: [{ googleSearch: {} }] };

  it('says where it is from, sentence by sentence, counted in bytes', async () => {
    const bench = await SessionBench.open({ setup: searching, plans: [grounded] });
    await (await bench.ask('Cats?')).pass(20 * SECOND);
    const [metadata] = bench.messages.flatMap(({ serverContent }) => serverContent?.groundingMetadata ?? []);
    expect(metadata).toMatchObject({
      webSearchQueries: ['cats'],
      groundingChunks: [
        { web: { uri: 'https://example.com/a', title: 'A' } },
        { web: { uri: 'https://example.com/b', title: 'B' } },
      ],
      groundingSupports: [
        { segment: { endIndex: 11, text: 'Cats sleep.' }, groundingChunkIndices: [0] },
        { segment: { startIndex: 12, endIndex: 27, text: 'Ünd they purr!' }, groundingChunkIndices: [1] },
      ],
    });
    expect(metadata?.searchEntryPoint.renderedContent).toContain('>cats<');
  });

  it('says it in one message with the end on 3.x, and apart before it on 2.x', async () => {
    for (const [model, kind] of [
      ['gemini-3.8-live', 'groundingMetadata+generationComplete'],
      [NATIVE_2_5, 'groundingMetadata'],
    ] as const) {
      const bench = await SessionBench.open({ model, setup: searching, plans: [grounded] });
      await (await bench.ask('Cats?')).pass(20 * SECOND);
      expect(bench.shape.find((shape) => shape.includes('grounding'))).toBe(kind);
    }
  });

  it('is an answer like any other where the search is not declared', async () => {
    const bench = await SessionBench.open({ plans: [grounded] });
    await (await bench.ask('Cats?')).pass(20 * SECOND);
    expect(JSON.stringify(bench.messages)).not.toContain('grounding');
    expect(bench.shape).toContain('generationComplete');
  });
});

describe('a thought', () => {
  const thinking = (model: string, thinkingConfig?: object) =>
    SessionBench.open({
      model,
      setup: thinkingConfig === undefined ? {} : { generationConfig: { thinkingConfig } },
      plans: [{ say: 'Yes.', thought: 'They want a yes.' }],
    });

  it('comes first where thoughts are asked for, and is counted', async () => {
    const bench = await thinking(NATIVE_2_5, { includeThoughts: true });
    await (await bench.ask('Yes?')).pass(10 * SECOND);
    expect(bench.messages[1]).toEqual({
      serverContent: { modelTurn: { parts: [{ text: 'They want a yes.', thought: true }] } },
    });
    const usage = bench.messages.at(-1)?.usageMetadata;
    expect(usage?.thoughtsTokenCount).toBe(4);
    expect(usage?.totalTokenCount).toBe(
      (usage?.promptTokenCount ?? 0) + (usage?.responseTokenCount ?? 0) + 4,
    );
  });

  it('is counted and not shown otherwise, and none is had where the model does not think', async () => {
    for (const [model, config, tokens] of [
      [NATIVE_2_5, undefined, 4],
      [NATIVE_2_5, { thinkingBudget: 0 }, undefined],
      ['gemini-3.8-live', undefined, undefined],
    ] as const) {
      const bench = await thinking(model, config);
      await (await bench.ask('Yes?')).pass(10 * SECOND);
      expect(JSON.stringify(bench.messages)).not.toContain('They want');
      expect(bench.messages.at(-1)?.usageMetadata?.thoughtsTokenCount).toBe(tokens);
    }
  });
});

describe('the model that thinks aloud', () => {
  const statuses = (bench: SessionBench) =>
    bench.messages.flatMap(({ serverContent }) => serverContent?.interactionStatus ?? []);
  const setup = (thinkingLevel: string) => ({
    generationConfig: { thinkingConfig: { thinkingLevel } },
    outputAudioTranscription: {},
    sessionResumption: {},
  });

  it('says that it is in progress until it has said what it thought about', async () => {
    const bench = await SessionBench.open({
      model: EXTENDED,
      setup: setup('HIGH'),
      plans: [{ say: 'Done.' }],
    });
    await (await bench.ask('Why?')).pass(30 * SECOND);
    expect(bench.text).toBe('Let me think about that.Done.');
    expect(statuses(bench)).toEqual(['IN_PROGRESS', 'IDLE']);
    expect(bench.handles).toEqual([null, expect.any(String)]);
  });

  it('answers at once where it is to think little', async () => {
    const bench = await SessionBench.open({
      model: EXTENDED,
      setup: setup('LOW'),
      plans: [{ say: 'Done.' }],
    });
    await (await bench.ask('Why?')).pass(30 * SECOND);
    expect(bench.text).toBe('Done.');
    expect(statuses(bench)).toEqual(['IDLE']);
  });

  it('is in progress as long as a call is open', async () => {
    const bench = await SessionBench.open({
      model: EXTENDED,
      setup: { tools: [{ functionDeclarations: [{ name: 'look' }] }] },
      plans: [{ say: 'One moment.', calls: [{ name: 'look', args: {} }] }, { say: 'Here.' }],
    });
    await (await bench.ask('Look.')).pass(10 * SECOND);
    expect(statuses(bench)).toEqual(['IN_PROGRESS']);
    await (await bench.answer({ id: bench.calls[0]?.id, name: 'look', response: {} })).pass(10 * SECOND);
    expect(statuses(bench)).toEqual(['IN_PROGRESS', 'IDLE']);
  });

  it('does not come back to what it thought about when it is interrupted', async () => {
    const bench = await SessionBench.open({
      model: EXTENDED,
      setup: setup('HIGH'),
      plans: [{ say: 'Old.' }, { say: 'New.' }],
    });
    await (await bench.ask('Why?')).pass(SECOND);
    await (await bench.ask('No, how?')).pass(30 * SECOND);
    expect(bench.text).not.toContain('Old.');
    expect(bench.text).toContain('New.');
  });
});

describe('a plan', () => {
  it('is asked for with the functions, whether it may search, and the instruction', async () => {
    const bench = await SessionBench.open({
      setup: {
        systemInstruction: { parts: [{ text: 'Be brief.' }] },
        tools: [{ googleSearch: {} }, { functionDeclarations: [{ name: 'look', description: 'Looks' }] }],
      },
    });
    await bench.ask('Hello.');
    expect(bench.asked[0]?.situation).toEqual({
      mayStaySilent: true,
      systemInstruction: 'Be brief.',
      functions: [{ name: 'look', description: 'Looks', blocking: false, parameters: [] }],
      canSearch: true,
    });
  });

  it('of nothing ends the turn without content', async () => {
    const bench = await SessionBench.open({ plans: [{ say: null }] });
    await (await bench.ask('Ben, lunch?')).pass(SECOND);
    expect(bench.messages.slice(1)).toMatchObject([{ serverContent: { turnComplete: true } }]);
    expect(Object.keys(bench.messages[1]?.serverContent ?? {})).toEqual(['turnComplete']);
  });

  it('of several parts is said with pauses in which nothing is sent', async () => {
    const bench = await SessionBench.open({
      setup: { outputAudioTranscription: {} },
      plans: [{ say: 'One.', delayMs: 5 * SECOND, more: [{ pauseMs: 10 * SECOND, say: 'Two.' }] }],
    });
    await (await bench.ask('Count.')).pass(5 * SECOND);
    expect(bench.text).toBe('');
    await bench.pass(5 * SECOND);
    expect(bench.text).toBe('One.');
    expect(bench.shape).not.toContain('generationComplete');
    await bench.pass(20 * SECOND);
    expect(bench.text).toBe('One. Two.');
    expect(bench.shape.filter((kind) => kind === 'generationComplete')).toHaveLength(1);
  });

  it('is remembered as far as it was said, when it is interrupted', async () => {
    const say = 'The first thing is this, and the second thing is that, and the third one comes at last.';
    const bench = await SessionBench.open({ plans: [{ say }, { say: 'Yes.' }] });
    await (await bench.ask('Tell me.')).pass(SECOND);
    await bench.ask('Stop.');
    const [, said = ''] = bench.asked[1]?.entries.map(({ text }) => text) ?? [];
    expect(bench.asked[1]?.entries.map(({ role }) => role)).toEqual(['user', 'model', 'user']);
    expect(said).not.toBe('');
    expect(say.startsWith(said)).toBe(true);
    expect(said.length).toBeLessThan(say.length);
    expect(bench.shape).toContain('interrupted');
    expect(bench.shape).not.toContain('generationComplete');
  });

  it('is not asked for where there is nothing to answer: more input is needed', async () => {
    const bench = await SessionBench.open();
    await bench.send({ clientContent: { turnComplete: true } });
    expect(bench.asked).toEqual([]);
    expect(bench.messages.at(-1)?.serverContent).toEqual({
      turnComplete: true,
      turnCompleteReason: 'NEED_MORE_INPUT',
      waitingForInput: true,
    });
  });
});

it('marks the end of a transcription where that is wanted', async () => {
  const setup = { outputAudioTranscription: {} };
  const bench = await SessionBench.open({ setup, marksFinished: true });
  await (await bench.ask('Yes?')).pass(10 * SECOND);
  const transcriptions = bench.messages.flatMap(
    ({ serverContent }) => serverContent?.outputTranscription ?? [],
  );
  expect(transcriptions).toEqual([{ text: 'Yes.' }, { finished: true }]);
  expect(bench.shape.slice(-3, -1)).toEqual(['outputTranscription', 'generationComplete']);
});
