import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../transport/endpoint.ts';
import { Refusal } from './refusal.ts';
import { readSettings } from './settings.ts';
import { Setup } from './setup.ts';

const DEVELOPER: Endpoint = { backend: 'developer', version: 'v1beta', constrained: false };
const ALPHA: Endpoint = { ...DEVELOPER, version: 'v1alpha' };
const VERTEX: Endpoint = { backend: 'vertex', version: 'v1beta1', constrained: false };

const LIVE_3_8 = 'models/gemini-3.8-live';
const LIVE_3_1 = 'models/gemini-3.1-flash-live-preview';
const NATIVE_2_5 = 'models/gemini-2.5-flash-native-audio-preview-12-2025';
const HALF_CASCADE = 'models/gemini-live-2.5-flash-preview';
const VERTEX_3_8 = 'projects/p/locations/global/publishers/google/models/gemini-3.8-live';

function read(setup: unknown, endpoint = DEVELOPER) {
  return readSettings(Setup.parse(setup), endpoint);
}

describe('readSettings', () => {
  it('fills in the defaults of the model', () => {
    expect(read({ model: LIVE_3_8 })).toMatchObject({
      modality: 'AUDIO',
      voice: 'Puck',
      proactiveAudio: true,
      interruptible: true,
      turnCoverage: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
      detection: { silenceDurationMs: 800 },
    });
    expect(read({ model: HALF_CASCADE })).toMatchObject({ turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY' });
  });

  it('reads numbers that come as strings', () => {
    const compression = { triggerTokens: '100000', slidingWindow: { targetTokens: '50000' } };
    expect(read({ model: LIVE_3_8, contextWindowCompression: compression }).compression).toEqual({
      triggerTokens: 100_000,
      targetTokens: 50_000,
    });
  });

  it('refuses a compression that the backend does not know, or that does not shorten', () => {
    const compression = (triggerTokens: number, targetTokens: number) => ({
      contextWindowCompression: { triggerTokens, slidingWindow: { targetTokens } },
    });
    expect(() => read({ model: LIVE_3_8, ...compression(1000, 1000) })).toThrow('less than trigger_tokens');
    expect(() => read({ model: LIVE_3_8, ...compression(140_000, 1000) })).toThrow('from 1 to 131072');
    expect(() => read({ model: VERTEX_3_8, ...compression(4000, 1000) }, VERTEX)).toThrow(
      'from 5000 to 128000',
    );
    expect(read({ model: LIVE_3_8, ...compression(4000, 1000) }).compression?.triggerTokens).toBe(4000);
  });

  it('takes the model names of each backend in their own form', () => {
    expect(read({ model: VERTEX_3_8 }, VERTEX).profile.id).toBe('gemini-3.8-live');
    expect(read({ model: 'publishers/google/models/gemini-3.8-live' }, VERTEX).profile.id).toBe(
      'gemini-3.8-live',
    );
    expect(() => read({ model: LIVE_3_8 }, VERTEX)).toThrow(/not found/);
    expect(() => read({ model: VERTEX_3_8 })).toThrow(/not found/);
  });

  it('refuses an unknown model with 1008', () => {
    expect(() => read({ model: 'models/gemini-9' })).toThrow(
      new Refusal(
        1008,
        'models/gemini-9 is not found for API version v1beta, or is not supported for bidiGenerateContent.',
      ),
    );
  });

  const generation = (config: object, model = LIVE_3_8) => ({ model, generationConfig: config });
  const voice = (voiceName: string) => ({
    speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } },
  });

  it.each([
    ['a voice that does not exist', generation(voice('puck'))],
    [
      'a voice where the answer is text',
      generation({ ...voice('Puck'), responseModalities: ['TEXT'] }, HALF_CASCADE),
    ],
    ['text from a native audio model', generation({ responseModalities: ['TEXT'] })],
    ['two modalities', generation({ responseModalities: ['TEXT', 'AUDIO'] }, HALF_CASCADE)],
    ['a language code for a native audio model', generation({ speechConfig: { languageCode: 'en-US' } })],
    ['thinking of 3.8', generation({ thinkingConfig: { thinkingLevel: 'LOW' } })],
    ['a thinking budget of 3.1', generation({ thinkingConfig: { thinkingBudget: 0 } }, LIVE_3_1)],
    ['a thinking level of 2.5', generation({ thinkingConfig: { thinkingLevel: 'LOW' } }, NATIVE_2_5)],
    ['affective dialog of 3.8', generation({ enableAffectiveDialog: true })],
    ['no proactive audio from 3.8', { model: LIVE_3_8, proactivity: { proactiveAudio: false } }],
    ['proactive audio from 3.1', { model: LIVE_3_1, proactivity: { proactiveAudio: true } }],
    [
      'proactive audio from 2.5 outside v1alpha',
      { model: NATIVE_2_5, proactivity: { proactiveAudio: true } },
    ],
    ['an explicit activity signal', { model: LIVE_3_8, explicitVadSignal: true }],
    ['transparent resumption', { model: LIVE_3_8, sessionResumption: { transparent: true } }],
  ])('refuses %s on the Developer API', (_, setup) => {
    expect(() => read(setup)).toThrow(Refusal);
  });

  it('takes on Vertex AI, and in v1alpha, what it takes there alone', () => {
    const setup = { model: VERTEX_3_8, explicitVadSignal: true, sessionResumption: { transparent: true } };
    expect(read(setup, VERTEX)).toMatchObject({ signalsActivity: true, resumption: { transparent: true } });
    expect(
      read(
        {
          model: NATIVE_2_5,
          proactivity: { proactiveAudio: true },
          generationConfig: { enableAffectiveDialog: true },
        },
        ALPHA,
      ),
    ).toMatchObject({ proactiveAudio: true });
    expect(read(generation({ thinkingConfig: { thinkingLevel: 'LOW' } }, LIVE_3_1)).profile.id).toContain(
      '3.1',
    );
  });
});
