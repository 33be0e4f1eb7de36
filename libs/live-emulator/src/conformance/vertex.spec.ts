import { createRequire } from 'node:module';
import type { GoogleGenAIOptions } from '@google/genai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { SdkProbe } from '../testing/sdk-probe.ts';
import { silence, speechSample } from '../testing/speech-sample.ts';

const MODEL = 'gemini-live-2.5-flash-native-audio';

type AuthClient = NonNullable<NonNullable<GoogleGenAIOptions['googleAuthOptions']>['authClient']>;
type Credentials = { access_token: string; expiry_date: number };

/** The SDK's own copy of the library, which may be another than the one hoisted. */
const sdkRequire = createRequire(createRequire(import.meta.url).resolve('@google/genai'));
const { OAuth2Client } = sdkRequire('google-auth-library') as {
  OAuth2Client: new () => AuthClient & { setCredentials(credentials: Credentials): void };
};

let emulator: LiveEmulator;
let probe: SdkProbe;
beforeEach(async () => {
  emulator = await startLiveEmulator({ speed: 20, apiKey: 'a-token' });
});
afterEach(async () => {
  probe.session.close();
  await emulator.close();
});

function withProject(): GoogleGenAIOptions {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'a-token', expiry_date: Date.now() + 3_600_000 });
  return {
    vertexai: true,
    project: 'a-project',
    location: 'europe-west4',
    googleAuthOptions: { authClient },
    httpOptions: { baseUrl: emulator.url },
  };
}

describe('the SDK in its Vertex AI form', () => {
  it('connects with project and location and a bearer token', async () => {
    probe = await SdkProbe.connect(withProject(), MODEL, { outputAudioTranscription: {} });
    expect(probe.messages[0]?.setupComplete?.sessionId).toMatch(/^[0-9a-f-]{36}$/);
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(probe.spokenText).toBe('I know of one person here: Ana.');
    const [voice] = probe.messages.flatMap((message) => message.serverContent?.modelTurn ?? []);
    expect(voice?.role).toBe('model');
    expect(voice?.parts?.[0]?.inlineData?.mimeType).toBe('audio/pcm');
    const [usage] = probe.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
    expect(usage?.responseTokenCount).toBeGreaterThan(25);
    expect(emulator.sessions()[0]?.setups[0]).toMatchObject({
      model: `projects/a-project/locations/europe-west4/publishers/google/models/${MODEL}`,
    });
  });

  it('sends an empty transcription ahead, as Vertex AI does', async () => {
    probe = await SdkProbe.connect(withProject(), MODEL, { outputAudioTranscription: {} });
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(probe.messages[1]?.serverContent?.outputTranscription).toEqual({});
  });

  it('connects in express mode with a key', async () => {
    probe = await SdkProbe.connect(
      { vertexai: true, apiKey: 'a-token', httpOptions: { baseUrl: emulator.url } },
      MODEL,
      {},
    );
    expect(emulator.sessions()[0]?.setups[0]).toMatchObject({ model: `publishers/google/models/${MODEL}` });
  });

  it('is told of activity and of consumed messages where it asks', async () => {
    probe = await SdkProbe.connect(withProject(), MODEL, {
      explicitVadSignal: true,
      sessionResumption: { transparent: true },
    });
    probe.say(speechSample());
    probe.say(silence(1));
    await probe.turns(1);
    await probe.until(() => probe.handle !== undefined);
    const activity = probe.messages.flatMap((message) => message.voiceActivity?.voiceActivityType ?? []);
    expect(activity).toEqual(['ACTIVITY_START', 'ACTIVITY_END']);
    const sent = emulator.sessions()[0]?.receivedFrames ?? 0;
    const consumed = probe.messages.flatMap(
      (message) => message.sessionResumptionUpdate?.lastConsumedClientMessageIndex ?? [],
    );
    expect(consumed).toEqual([String(sent)]);
  });
});
