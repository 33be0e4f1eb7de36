import { describe, expect, it } from 'vitest';
import { GREY_JPEG } from '../testing/pictures.ts';
import { SessionBench } from '../testing/session-bench.ts';
import type { BenchOptions } from '../testing/session-bench.ts';
import { microphoneChunks, silence, speechSample } from '../testing/speech-sample.ts';

const NATIVE_2_5 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const VERTEX_2_5 = 'gemini-live-2.5-flash-native-audio';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PICTURE = { realtimeInput: { video: { data: GREY_JPEG, mimeType: 'image/jpeg' } } };
const compressed = { contextWindowCompression: { slidingWindow: {} } };

async function speak(bench: SessionBench, samples = speechSample()): Promise<void> {
  for (const audio of microphoneChunks(samples)) await bench.send({ realtimeInput: { audio } });
}

describe('the age of a session', () => {
  const OLD = 24 * 60 * MINUTE;
  const aged = (setup: object, times = {}) =>
    SessionBench.open({ setup, times: { connectionAgeMs: OLD, ...times } });

  it('is at most 15 minutes without compression, and the end is announced', async () => {
    const bench = await aged({});
    await bench.pass(15 * MINUTE - 51 * SECOND);
    expect(bench.shape).toEqual(['setupComplete']);
    await bench.pass(SECOND);
    expect(bench.messages.at(-1)).toEqual({ goAway: { timeLeft: '50s' } });
    await bench.pass(50 * SECOND);
    expect(bench.closed).toEqual({ code: 1011, reason: 'Deadline expired before operation could complete.' });
  });

  it('is at most 2 minutes from the first picture on', async () => {
    const bench = await aged({});
    await (await bench.pass(5 * MINUTE)).send(PICTURE);
    await (await bench.pass(MINUTE)).send(PICTURE);
    await bench.pass(MINUTE - SECOND);
    expect(bench.closed).toBeNull();
    await bench.pass(SECOND);
    expect(bench.closed?.code).toBe(1011);
  });

  it('has no limit with compression', async () => {
    const bench = await aged(compressed);
    await (await bench.send(PICTURE)).pass(3 * 60 * MINUTE);
    expect(bench.closed).toBeNull();
  });

  it('counts over all its connections', async () => {
    const first = await aged({ sessionResumption: {} });
    await (
      await first.pass(10 * MINUTE)
    ).send({ clientContent: { turns: [{ parts: [{ text: 'Noted.' }] }] } });
    first.end();
    const { clock, resumption } = first;
    const setup = { sessionResumption: { handle: first.handles.at(-1) } };
    const second = await SessionBench.open({ clock, resumption, setup, times: { connectionAgeMs: OLD } });
    await second.pass(5 * MINUTE - SECOND);
    expect(second.closed).toBeNull();
    await second.pass(SECOND);
    expect(second.closed?.code).toBe(1011);
  });
});

describe('the index of the last consumed message', () => {
  const transparent: BenchOptions = {
    backend: 'vertex',
    model: VERTEX_2_5,
    setup: { sessionResumption: { transparent: true } },
  };
  const indices = (bench: SessionBench) =>
    bench.messages.flatMap(
      ({ sessionResumptionUpdate: update }) => update?.lastConsumedClientMessageIndex ?? [],
    );

  it('counts from 1 behind the setup, on each connection anew', async () => {
    const first = await SessionBench.open(transparent);
    await (await first.ask('One.')).pass(10 * SECOND);
    await (await first.ask('Two.')).pass(10 * SECOND);
    expect(indices(first)).toEqual(['1', '2']);
    first.end();
    const { clock, resumption } = first;
    const handle = first.handles.at(-1);
    const second = await SessionBench.open({
      ...transparent,
      ...{ clock, resumption },
      setup: { sessionResumption: { transparent: true, handle } },
    });
    await (await second.ask('Three.')).pass(10 * SECOND);
    expect(indices(second)).toEqual(['1']);
  });

  it('stands before what somebody is still saying', async () => {
    const bench = await SessionBench.open({
      ...transparent,
      setup: { ...transparent.setup, realtimeInputConfig: { activityHandling: 'NO_INTERRUPTION' } },
    });
    await bench.ask('One.');
    await speak(bench, silence(0.2));
    const before = 1 + 5;
    await speak(bench);
    await bench.pass(10 * SECOND);
    expect(bench.shape).toContain('turnComplete+usageMetadata');
    const [consumed = ''] = indices(bench);
    expect(Number(consumed)).toBeGreaterThanOrEqual(before);
    expect(Number(consumed)).toBeLessThan(before + 5);
  });

  it('is not told where it is not asked for', async () => {
    const bench = await SessionBench.open({ setup: { sessionResumption: {} } });
    await (await bench.ask('One.')).pass(10 * SECOND);
    expect(indices(bench)).toEqual([]);
  });
});

describe('a context update', () => {
  const tools = { tools: [{ functionDeclarations: [{ name: 'look' }] }] };
  const systemInstruction = { parts: [{ text: 'Be loud.' }] };

  it('changes instruction and tools of 3.8 from then on', async () => {
    const bench = await SessionBench.open({ setup: { tools: [{ googleSearch: {} }] } });
    await (await bench.send({ contextUpdate: { systemInstruction, tools } })).ask('Hello.');
    expect(bench.asked[0]?.situation).toMatchObject({
      systemInstruction: 'Be loud.',
      functions: [{ name: 'look' }],
      canSearch: false,
    });
  });

  it('changes the instruction alone of 2.5 on Vertex AI, and nothing elsewhere', async () => {
    const vertex = { backend: 'vertex', model: VERTEX_2_5 } as const;
    for (const [options, contextUpdate, refused] of [
      [vertex, { systemInstruction }, false],
      [vertex, { tools }, true],
      [{ model: NATIVE_2_5 }, { systemInstruction }, true],
      [{ model: 'gemini-3.1-flash-live-preview' }, { systemInstruction }, true],
    ] as const) {
      const bench = await SessionBench.open(options);
      await bench.send({ contextUpdate });
      expect(bench.closed?.code).toBe(refused ? 1007 : undefined);
    }
  });
});

describe('what was before', () => {
  it('is history that asks for no answer, and what is said meanwhile waits for the end of it', async () => {
    const bench = await SessionBench.open({
      setup: { historyConfig: { initialHistoryInClientContent: true } },
    });
    await bench.send({ clientContent: { turns: [{ role: 'user', parts: [{ text: 'A' }] }] } });
    await bench.send({ realtimeInput: { text: 'Ana: And now?' } });
    expect(bench.asked).toEqual([]);
    await bench.send({
      clientContent: { turns: [{ role: 'model', parts: [{ text: 'B' }] }], turnComplete: true },
    });
    expect(bench.asked[0]?.entries.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'A'],
      ['model', 'B'],
      ['user', 'Ana: And now?'],
    ]);
  });

  it('stands in front of everything as prefix turns, which are never forgotten', async () => {
    const text = 'x'.repeat(400);
    const bench = await SessionBench.open({
      setup: {
        prefixTurns: [{ role: 'user', parts: [{ text: 'First of all.' }] }],
        contextWindowCompression: { triggerTokens: 300, slidingWindow: { targetTokens: 150 } },
      },
    });
    for (let i = 0; i < 5; i += 1) await (await bench.ask(text)).pass(10 * SECOND);
    const entries = bench.asked.at(-1)?.entries ?? [];
    expect(entries[0]?.text).toBe('First of all.');
    expect(entries.length).toBeLessThan(5);
    expect(entries[1]?.role).toBe('user');
  });
});

describe('what is heard', () => {
  const setup = {
    inputAudioTranscription: {},
    realtimeInputConfig: { automaticActivityDetection: { silenceDurationMs: 300 } },
  };
  const heard = (bench: SessionBench) =>
    bench.messages.map(({ serverContent }) => serverContent?.inputTranscription?.text ?? '').join('');

  it('is transcribed in the words of the plan, before the answer', async () => {
    const bench = await SessionBench.open({
      setup,
      plans: [{ say: 'Yes.', heard: 'Shall we begin with the first point of the agenda?' }],
    });
    await speak(bench);
    await speak(bench, silence(0.5));
    expect(heard(bench)).toBe('Shall we begin with the first point of the agenda?');
    expect(
      bench.messages.filter(({ serverContent }) => serverContent?.inputTranscription).length,
    ).toBeGreaterThan(1);
    expect(bench.shape).toEqual(['setupComplete', 'inputTranscription']);
  });

  it('is described at once where an answer is under way that nothing may interrupt', async () => {
    const bench = await SessionBench.open({
      setup: {
        ...setup,
        realtimeInputConfig: { ...setup.realtimeInputConfig, activityHandling: 'NO_INTERRUPTION' },
      },
    });
    await bench.ask('Hello.');
    await speak(bench);
    await speak(bench, silence(0.5));
    expect(heard(bench)).toMatch(/^\[speech, \d\.\d s, -\d+ dBFS\]$/);
    await bench.pass(20 * SECOND);
    expect(bench.asked).toHaveLength(2);
    expect(heard(bench)).toMatch(/^\[speech, \d\.\d s, -\d+ dBFS\]$/);
  });

  it('cannot end its stream where the client marks activity itself', async () => {
    const bench = await SessionBench.open({
      setup: { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
    });
    await bench.send({ realtimeInput: { audioStreamEnd: true } });
    expect(bench.closed).toEqual({
      code: 1007,
      reason: 'audio_stream_end is not supported when automatic activity detection is disabled.',
    });
  });
});

describe('a picture', () => {
  it.each([
    [undefined, 258],
    ['MEDIA_RESOLUTION_LOW', 64],
    ['MEDIA_RESOLUTION_MEDIUM', 256],
    ['MEDIA_RESOLUTION_HIGH', 256],
  ])(
    'with the media resolution %s counts as %d tokens, as video or in content',
    async (mediaResolution, tokens) => {
      const bench = await SessionBench.open({ setup: { generationConfig: { mediaResolution } } });
      await bench.send(PICTURE);
      await bench.send({
        clientContent: {
          turns: [{ parts: [{ inlineData: PICTURE.realtimeInput.video }] }],
          turnComplete: true,
        },
      });
      await bench.pass(10 * SECOND);
      const details = bench.messages.at(-1)?.usageMetadata?.promptTokensDetails;
      expect(details).toEqual([
        { modality: 'IMAGE', tokenCount: tokens },
        { modality: 'VIDEO', tokenCount: tokens },
      ]);
    },
  );
});
