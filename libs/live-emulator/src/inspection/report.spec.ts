import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { RawClient } from '../testing/raw-client.ts';
import { microphoneChunks, silence, speechSample } from '../testing/speech-sample.ts';

const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=k';

let emulator: LiveEmulator;
let client: RawClient;
beforeEach(async () => {
  emulator = await startLiveEmulator({ speed: 20 });
  client = await new RawClient(emulator.url.replace('http', 'ws') + PATH).open();
});
afterEach(async () => {
  client.close();
  await emulator.close();
});

function say(samples: Int16Array): void {
  for (const audio of microphoneChunks(samples)) client.send({ realtimeInput: { audio } });
}

async function turnComplete(): Promise<void> {
  while (!client.frames.some(({ text }) => text.includes('turnComplete'))) await client.nextFrame();
}

it('tells how much was heard, and how much of it was speech', async () => {
  client.send({
    setup: {
      model: 'models/gemini-3.8-live',
      realtimeInputConfig: { automaticActivityDetection: { silenceDurationMs: 300 } },
    },
  });
  await client.nextFrame();
  const speech = speechSample();
  say(silence(0.4));
  say(speech);
  say(silence(0.6));
  await turnComplete();
  const seconds = speech.length / 24_000;
  const [report] = emulator.sessions();
  expect(report?.heardSpeechSeconds).toBeGreaterThan(seconds - 0.3);
  expect(report?.heardSpeechSeconds).toBeLessThan(seconds + 0.3);
  expect(report?.receivedAudioSeconds).toBeCloseTo(seconds + 1, 1);
  expect(report?.activities).toHaveLength(1);
  expect(report).toMatchObject({ turns: 1, interruptions: 0 });
});

it('counts as speech all that lies between the marks of the client', async () => {
  client.send({
    setup: {
      model: 'models/gemini-3.8-live',
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
    },
  });
  await client.nextFrame();
  const speech = speechSample();
  client.send({ realtimeInput: { activityStart: {} } });
  say(speech);
  say(silence(3));
  client.send({ realtimeInput: { activityEnd: {} } });
  await turnComplete();
  expect(emulator.sessions()[0]?.heardSpeechSeconds).toBeCloseTo(speech.length / 24_000 + 3, 1);
});
