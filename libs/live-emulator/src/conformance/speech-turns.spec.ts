import { ActivityHandling, Modality, TurnCoverage } from '@google/genai';
import type { LiveConnectConfig } from '@google/genai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { SdkProbe } from '../testing/sdk-probe.ts';
import { silence, speechSample } from '../testing/speech-sample.ts';
import { GREY_JPEG } from '../testing/pictures.ts';

const LIVE = 'gemini-3.8-live';
const speech = speechSample();
const speechSeconds = speech.length / 24_000;

let emulator: LiveEmulator;
let probe: SdkProbe;
beforeEach(async () => {
  emulator = await startLiveEmulator({ speed: 20 });
});
afterEach(async () => {
  probe.session.close();
  await emulator.close();
});

async function connect(config: LiveConnectConfig, model = LIVE): Promise<void> {
  const options = { apiKey: 'k', httpOptions: { baseUrl: emulator.url, apiVersion: 'v1beta' } };
  probe = await SdkProbe.connect(options, model, config);
}

const quick: LiveConnectConfig = {
  outputAudioTranscription: {},
  realtimeInputConfig: { automaticActivityDetection: { silenceDurationMs: 300 } },
};
const manual: LiveConnectConfig = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };

describe('a speech turn through the SDK', () => {
  it('is found by its energy, reported as heard, and answered with the speaker by name', async () => {
    await connect({ ...quick, inputAudioTranscription: {} });
    probe.session.sendClientContent({
      turns: [{ parts: [{ text: '(Ana is speaking)' }] }],
      turnComplete: false,
    });
    probe.say(silence(0.4));
    probe.say(speech);
    probe.say(silence(0.6));
    await probe.turns(1);
    expect(probe.shape.slice(0, 3)).toEqual(['setupComplete', 'heard', 'model+transcript']);
    expect(probe.spokenText).toMatch(/^I heard Ana speak for \d\.\d seconds, at a normal level\./);
    const heard = probe.messages
      .map((message) => message.serverContent?.inputTranscription?.text)
      .find(Boolean);
    expect(heard).toMatch(/^\[speech, \d\.\d s, -\d\d dBFS\]$/);
    const [report] = emulator.sessions();
    expect(report?.heardSpeechSeconds).toBeGreaterThan(speechSeconds - 0.3);
    expect(report?.heardSpeechSeconds).toBeLessThan(speechSeconds + 0.3);
    expect(report?.receivedAudioSeconds).toBeCloseTo(speechSeconds + 1, 1);
    expect(report?.activities).toHaveLength(1);
  });

  it('is not transcribed where that was not asked for', async () => {
    await connect(quick);
    probe.say(speech);
    probe.say(silence(0.6));
    await probe.turns(1);
    expect(probe.shape).not.toContain('heard');
  });

  it('ends with the audio stream', async () => {
    await connect(quick);
    probe.say(speech);
    probe.session.sendRealtimeInput({ audioStreamEnd: true });
    await probe.turns(1);
    expect(emulator.sessions()).toMatchObject([{ turns: 1 }]);
  });

  it('interrupts the answer as soon as it begins', async () => {
    await connect(quick);
    probe.ask('Ana: Who are you?');
    await probe.until(() => probe.audioChunks.length > 1);
    probe.say(speech);
    await probe.turns(1);
    expect(probe.shape.slice(-2)).toEqual(['interrupted', 'turnComplete+usage']);
    expect(probe.shape).not.toContain('generationComplete');
    probe.say(silence(0.6));
    await probe.turns(2);
    expect(probe.shape.slice(-2)).toEqual(['generationComplete', 'turnComplete+usage']);
  });

  it('waits for its answer where nothing may interrupt', async () => {
    await connect({
      realtimeInputConfig: {
        ...quick.realtimeInputConfig,
        activityHandling: ActivityHandling.NO_INTERRUPTION,
      },
    });
    probe.ask('Ana: Who are you?');
    await probe.until(() => probe.audioChunks.length > 1);
    probe.say(speech);
    probe.say(silence(0.6));
    await probe.turns(2);
    expect(probe.shape).not.toContain('interrupted');
    expect(probe.shape.filter((kind) => kind === 'generationComplete')).toHaveLength(2);
  });

  it('may be marked by the client where detection is off', async () => {
    await connect(manual);
    probe.session.sendRealtimeInput({ activityStart: {} });
    probe.say(speech);
    probe.say(silence(3));
    probe.session.sendRealtimeInput({ activityEnd: {} });
    await probe.turns(1);
    expect(emulator.sessions()[0]?.heardSpeechSeconds).toBeCloseTo(speechSeconds + 3, 1);
  });

  it('cannot be marked by the client where detection is on, nor begun twice', async () => {
    await connect(quick);
    probe.session.sendRealtimeInput({ activityStart: {} });
    await probe.until(() => probe.ending !== null);
    expect(probe.ending?.code).toBe(1007);
    await connect(manual);
    probe.session.sendRealtimeInput({ activityStart: {} });
    probe.session.sendRealtimeInput({ activityStart: {} });
    await probe.until(() => probe.ending !== null);
    expect(probe.ending?.code).toBe(1007);
  });

  it('works with the deprecated media chunks and in text', async () => {
    await connect(
      { ...quick, outputAudioTranscription: undefined, responseModalities: [Modality.TEXT] },
      'gemini-live-2.5-flash-preview',
    );
    const bytes = Buffer.from(speech.buffer, speech.byteOffset, speech.byteLength);
    probe.session.sendRealtimeInput({
      media: { data: bytes.toString('base64'), mimeType: 'audio/pcm;rate=24000' },
    });
    probe.session.sendRealtimeInput({ audioStreamEnd: true });
    await probe.turns(1);
    expect(probe.writtenText).toMatch(/^I heard \d\.\d seconds of speech/);
  });
});

describe('pictures through the SDK', () => {
  const picture = { data: GREY_JPEG, mimeType: 'image/jpeg' };

  it('are measured, and cost 258 tokens each', async () => {
    await connect({ outputAudioTranscription: {} });
    probe.session.sendRealtimeInput({ video: picture });
    probe.session.sendRealtimeInput({ video: picture });
    probe.session.sendRealtimeInput({ text: 'Ana: What do you see?' });
    await probe.turns(1);
    expect(probe.spokenText).toContain('I have 2 pictures. The last one is 48 by 32 pixels');
    const [usage] = probe.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
    expect(usage?.promptTokensDetails).toContainEqual({ modality: 'VIDEO', tokenCount: 516 });
  });

  it('outside of activity count once where the turn covers activity only', async () => {
    await connect({ realtimeInputConfig: { turnCoverage: TurnCoverage.TURN_INCLUDES_ONLY_ACTIVITY } });
    probe.session.sendRealtimeInput({ video: picture });
    probe.session.sendRealtimeInput({ video: picture });
    probe.session.sendRealtimeInput({ text: 'Ana: What do you see?' });
    await probe.turns(1);
    const [usage] = probe.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
    expect(usage?.promptTokensDetails).toContainEqual({ modality: 'VIDEO', tokenCount: 258 });
  });
});
