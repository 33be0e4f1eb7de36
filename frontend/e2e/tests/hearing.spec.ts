import { bestFit } from '../sound/correlation.ts';
import { dbfs } from '../sound/sound.ts';
import { expect, test } from '../people/meeting.ts';

/** What is heard is the recording itself when the correlation with it is above this. */
const SAME_SOUND = 0.8;

test('what one says, the other hears', async ({ meeting: { ada, ben } }) => {
  for (const [speaker, listener] of [
    [ada, ben],
    [ben, ada],
  ] as const) {
    const from = await listener.now();
    await speaker.microphone(true);
    const { recording } = speaker;
    const fit = async () => {
      const heard = await listener.sound('heard', from);
      return bestFit(heard.samples, recording.speech.samples).correlation;
    };
    await expect(listener.speakingTile(speaker.name)).toBeVisible();
    await expect.poll(fit, { timeout: 30_000, intervals: [3_000] }).toBeGreaterThan(SAME_SOUND);
    const correlation = await fit();
    test.info().annotations.push({
      type: `${listener.name} hears ${speaker.name}`,
      description: correlation.toFixed(3),
    });
    // It is this recording and not just any speech.
    const other = bestFit((await listener.sound('heard', from)).samples, listener.recording.speech.samples);
    expect(other.correlation).toBeLessThan(0.5);
    await speaker.microphone(false);
  }
});

/** What belongs to the speech besides the words: a run-up that the floor keeps, and the silence that ends it. Seconds. */
const AROUND_S = 1.2;

test('Gemini hears the same seconds of speech', async ({ studio, meeting: { ada } }) => {
  const { speech } = ada.recording;
  await ada.speakOnce();
  // The room's session is the newest one: it was begun when the first person came in.
  const heard = async () => (await studio.emulator.sessions()).at(-1)?.activities ?? [];
  await expect.poll(heard).toHaveLength(1);
  const [{ seconds, dbfs: level } = { seconds: 0, dbfs: 0 }] = await heard();
  test.info().annotations.push({
    type: 'Gemini heard',
    description: `${seconds} s at ${level} dBFS; said: ${speech.seconds.toFixed(2)} s at ${dbfs(speech.samples).toFixed(1)} dBFS`,
  });
  expect(seconds).toBeGreaterThan(speech.seconds - 0.1);
  expect(seconds).toBeLessThan(speech.seconds + AROUND_S);
  expect(Math.abs(level - dbfs(speech.samples))).toBeLessThan(3);
});
