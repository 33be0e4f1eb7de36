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

test('Gemini hears the same seconds of speech', async ({ studio, meeting: { ada } }) => {
  const { speech } = ada.recording;
  const before = await studio.emulator.sessions();
  await ada.speakOnce();
  const heard = async () => {
    const sessions = await studio.emulator.sessions();
    return sessions.flatMap(({ sessionId, activities }) => {
      const known = before.find((session) => session.sessionId === sessionId);
      return activities.slice(known?.activities.length ?? 0);
    });
  };
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0);
  const [activity] = await heard();
  expect(await heard()).toHaveLength(1);
  expect(Math.abs((activity?.seconds ?? 0) - speech.seconds)).toBeLessThan(0.4);
  expect(Math.abs((activity?.dbfs ?? 0) - dbfs(speech.samples))).toBeLessThan(3);
});
