import { DEFAULT_LIVE_SETTINGS, LANGUAGES, LIVE_MODELS, VOICES } from '@studio/contracts';
import type { LiveInfo, LiveModel, LiveService, LiveSettings } from '@studio/contracts';
import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator } from '@studio/live-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MACHINE_CLOCK } from '../clock.ts';
import { connectionSettings, sameConnection } from './connection-settings.ts';
import { GenAiClient } from './genai-client.ts';
import { LiveConnectError, LiveConnection } from './live-connection.ts';

const FUNCTIONS = [
  { name: 'current_time', description: 'The time.' },
  { name: 'who_is_here', description: 'People.' },
];

function studio(service: LiveService, apiVersion: string, model: string): LiveInfo {
  const models = LIVE_MODELS.filter(({ services }) => services.includes(service)).map(({ id }) => id);
  return { engine: 'gemini', service, apiVersion, model, models, voice: 'Puck', tools: [] };
}

/** The SDK changes what it is given, so the functions are made anew. */
function connectionOf(changes: Partial<LiveSettings>, to: LiveInfo) {
  const settings = { ...DEFAULT_LIVE_SETTINGS, ...changes };
  const functions = FUNCTIONS.filter(({ name }) => settings.tools?.includes(name) ?? true);
  return connectionSettings(settings, {
    studio: to,
    instruction: 'Be brief.',
    functions: structuredClone(functions),
  });
}

const voiceActivity = (changes: Partial<LiveSettings['voiceActivity']>) => ({
  floor: 'mix' as const,
  voiceActivity: { ...DEFAULT_LIVE_SETTINGS.voiceActivity, ...changes },
});
const thinking = (changes: Partial<LiveSettings['thinking']>) => ({
  thinking: { budget: null, level: null, ...changes },
});

/** Every option with each of its values, or with those that stand for them. */
const OPTIONS: readonly Partial<LiveSettings>[] = [
  {},
  ...VOICES.map((voice) => ({ voice })),
  ...LANGUAGES.map((language) => ({ language })),
  { language: 'tlh' },
  { instruction: 'Speak like a pirate.' },
  { temperature: 0 },
  { temperature: 2 },
  { modality: 'TEXT' },
  { modality: 'TEXT', voice: 'Kore' },
  { transcription: { input: false, output: false } },
  voiceActivity({}),
  voiceActivity({ startSensitivity: 'high', endSensitivity: 'low', prefixPaddingMs: 0, silenceMs: 200 }),
  voiceActivity({ startSensitivity: 'low', endSensitivity: 'high', silenceMs: 10_000 }),
  voiceActivity({ handling: 'no-interruption', turnCoverage: 'only-activity' }),
  voiceActivity({ turnCoverage: 'all-input' }),
  voiceActivity({ turnCoverage: 'activity-and-all-video' }),
  { floor: 'push-to-talk' },
  { proactiveAudio: true },
  { proactiveAudio: false },
  { affectiveDialog: true },
  { affectiveDialog: false },
  { grounding: true },
  { grounding: true, tools: [] },
  { tools: ['who_is_here'] },
  thinking({ budget: 0 }),
  thinking({ budget: -1 }),
  ...(['minimal', 'low', 'medium', 'high'] as const).map((level) => thinking({ level })),
  ...(['low', 'medium', 'high'] as const).map((mediaResolution) => ({ mediaResolution })),
  { compression: null },
  { compression: { triggerTokens: 128_000, targetTokens: 64_000 } },
  { compression: { triggerTokens: 5_000, targetTokens: 1_000 } },
];

const STUDIOS: readonly (readonly [LiveService, string])[] = [
  ['developer', 'v1beta'],
  ['developer', 'v1alpha'],
  ['vertex', 'v1beta1'],
];
const CASES = STUDIOS.flatMap(([service, apiVersion]) =>
  LIVE_MODELS.filter(({ services }) => services.includes(service)).map(
    (model): [string, LiveInfo, LiveModel] => [
      `${model.id} on ${service} ${apiVersion}`,
      studio(service, apiVersion, model.id),
      model,
    ],
  ),
);

describe('what a room’s settings ask for', () => {
  let emulator: LiveEmulator;
  beforeAll(async () => {
    emulator = await startLiveEmulator({ setupDelayMs: 0 });
  });
  afterAll(() => emulator.close());

  async function accepted({ service, apiVersion }: LiveInfo, asked: ReturnType<typeof connectionSettings>) {
    const client = new GenAiClient({
      ...{ vertexai: service === 'vertex', apiKey: 'any', apiVersion },
      httpOptions: { baseUrl: emulator.url },
    });
    const listener = {
      onEvent: () => undefined,
      onEnd: () => undefined,
      onListenerError: () => undefined,
    };
    try {
      const options = {
        ...{ ...asked, deadlineMs: 5_000, signal: new AbortController().signal },
        ...{ limits: { answerMs: 15_000, stallMs: 6_000 }, clock: MACHINE_CLOCK },
      };
      const connection = await LiveConnection.open(client, options, listener);
      await connection.close();
      return true;
    } catch (error) {
      if (error instanceof LiveConnectError && error.end.code !== undefined) return error.end.detail;
      throw error;
    }
  }

  it.each(CASES)('is taken by %s, unless it is refused before', async (_, to) => {
    for (const option of OPTIONS) {
      const asked = connectionOf(option, to);
      const answer = asked.refusal === undefined ? await accepted(to, asked) : true;
      expect(answer, JSON.stringify(option)).toBe(true);
    }
  });

  it.each(CASES)('would be refused by %s where it is refused before', async (_, to) => {
    // Of other options, what would be refused is not even sent.
    const sent = OPTIONS.filter(
      ({ language, modality, thinking: own }) =>
        language === 'de-DE' || language === 'tlh' || modality === 'TEXT' || own !== undefined,
    );
    for (const option of sent) {
      const asked = connectionOf(option, to);
      if (asked.refusal === undefined) continue;
      expect(await accepted(to, asked), JSON.stringify(option)).not.toBe(true);
    }
  });

  it('is everything, in the words of the SDK', () => {
    const all = connectionOf(
      {
        ...{ voice: 'Kore', language: 'de-DE', temperature: 0.7, mediaResolution: 'low', grounding: true },
        ...{ thinking: { budget: 512, level: null }, proactiveAudio: true, affectiveDialog: false },
        ...voiceActivity({ startSensitivity: 'high', endSensitivity: 'low', turnCoverage: 'all-input' }),
      },
      studio('vertex', 'v1beta1', 'gemini-live-2.5-flash-native-audio'),
    );
    expect(all).toEqual({
      model: 'gemini-live-2.5-flash-native-audio',
      refusal: undefined,
      config: {
        responseModalities: ['AUDIO'],
        speechConfig: {
          voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } },
          languageCode: 'de-DE',
        },
        temperature: 0.7,
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
        thinkingConfig: { thinkingBudget: 512 },
        proactivity: { proactiveAudio: true },
        enableAffectiveDialog: false,
        systemInstruction: 'Be brief.',
        tools: [{ googleSearch: {} }, { functionDeclarations: FUNCTIONS }],
        inputAudioTranscription: {},
        outputAudioTranscription: {},
        realtimeInputConfig: {
          automaticActivityDetection: {
            disabled: false,
            startOfSpeechSensitivity: 'START_SENSITIVITY_HIGH',
            endOfSpeechSensitivity: 'END_SENSITIVITY_LOW',
            prefixPaddingMs: 100,
            silenceDurationMs: 700,
          },
          activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
          turnCoverage: 'TURN_INCLUDES_ALL_INPUT',
        },
        contextWindowCompression: {
          triggerTokens: '32000',
          slidingWindow: { targetTokens: '16000' },
        },
      },
    });
  });

  it('mentions nothing that was left to the model, and leaves voice activity to us while one speaks at a time', () => {
    const { config } = connectionOf({ tools: [] }, studio('developer', 'v1beta', 'gemini-3.8-live'));
    expect(Object.keys(config).toSorted()).toEqual([
      'contextWindowCompression',
      'inputAudioTranscription',
      'outputAudioTranscription',
      'realtimeInputConfig',
      'responseModalities',
      'speechConfig',
      'systemInstruction',
    ]);
    expect(config.realtimeInputConfig?.automaticActivityDetection).toEqual({ disabled: true });
  });

  it('gives a model that is not known here whatever people set', () => {
    const unknown = connectionOf(
      { proactiveAudio: false, affectiveDialog: true, ...thinking({ level: 'high' }), language: 'xx' },
      { ...studio('developer', 'v1beta', 'gemini-9-live'), models: ['gemini-9-live'] },
    );
    expect(unknown).toMatchObject({
      refusal: undefined,
      config: {
        proactivity: { proactiveAudio: false },
        enableAffectiveDialog: true,
        thinkingConfig: { thinkingLevel: 'HIGH' },
        speechConfig: { languageCode: 'xx' },
      },
    });
  });

  it('needs a new connection only where the connection would be another', () => {
    const to = studio('developer', 'v1beta', 'gemini-3.8-live');
    const now = connectionOf({ floor: 'open' }, to);
    const silence = { voiceActivity: { ...DEFAULT_LIVE_SETTINGS.voiceActivity, silenceMs: 400 } };
    for (const same of [
      { floor: 'push-to-talk' as const },
      { budgetUsd: 5 },
      { addressing: 'observer' as const },
      silence,
      { voice: 'Puck' as const },
      { model: 'gemini-3.8-live' },
    ])
      expect(sameConnection(now, connectionOf(same, to)), JSON.stringify(same)).toBe(true);
    for (const other of [
      { floor: 'mix' as const },
      { voice: 'Kore' as const },
      { model: 'gemini-3.1-flash-live-preview' },
      { grounding: true },
      { tools: ['current_time'] },
    ])
      expect(sameConnection(now, connectionOf(other, to)), JSON.stringify(other)).toBe(false);
  });

  it('is refused in plain words when the studio has become another', () => {
    const to = studio('vertex', 'v1beta1', 'gemini-3.8-live');
    expect(connectionOf({ model: 'gemini-2.5-flash-native-audio-preview-12-2025' }, to).refusal).toMatch(
      /does not offer the model gemini-2.5/,
    );
    expect(connectionOf({ tools: ['gone'] }, to).refusal).toBeUndefined();
  });
});
