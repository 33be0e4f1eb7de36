import { voiceOf, untilStopped } from '../people/gemini-voice.ts';
import { expect, test } from '../people/meeting.ts';
import type { Person } from '../people/person.ts';
import { bestFit } from '../sound/correlation.ts';
import { lastHeard } from '../sound/presence-of-voice.ts';

/** What is heard is the voice itself when the correlation with it is above this. */
const SAME_SOUND = 0.8;
/** From the first word of whoever speaks over Gemini to Gemini's silence, in milliseconds. */
const STOPPED_WITHIN_MS = 300;
/** Gemini speaks for so long before somebody speaks over it, in milliseconds. */
const LEAD_MS = 1_500;
/** Between two words Gemini is not silent for longer, in milliseconds. */
const LONGEST_PAUSE_MS = 500;

test('Gemini answers by voice and text, and both hear and read it', async ({ meeting: { ada, ben } }) => {
  const from = await Promise.all([ada.now(), ben.now()]);
  await ada.type('Gemini, what did Ada say?');
  const answers = await Promise.all([ada, ben].map(finishedAnswer));
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain('Ada');

  for (const [index, person] of [ada, ben].entries()) {
    const voice = voiceOf(person.traffic.voice);
    expect(voice.seconds).toBeGreaterThan(1);
    const correlation = async () =>
      bestFit((await person.sound('heard', from[index] ?? 0)).samples, voice.samples).correlation;
    await expect
      .poll(correlation, { timeout: 15_000 + voice.seconds * 1_000, intervals: [1_000] })
      .toBeGreaterThan(SAME_SOUND);
  }
});

test('Gemini answers what is spoken, and both hear and read it', async ({ meeting: { ada, ben } }) => {
  await ben.speakOnce();
  const answers = await Promise.all([ada, ben].map(finishedAnswer));
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain('Ben');
  for (const person of [ada, ben]) expect(voiceOf(person.traffic.voice).seconds).toBeGreaterThan(1);
});

test('speaking over Gemini stops it in both browsers at once', async ({ meeting: { ada, ben } }) => {
  await ada.type(
    'The cellar holds nine barrels of cider and four crates of pears from the northern orchard.',
  );
  await finishedAnswer(ada);
  // The microphone is open from here on, so that it is known when the recording begins anew.
  await ben.speakOnce();
  await expect(ada.messages('Gemini', 'speech').nth(1)).toBeVisible({ timeout: 30_000 });
  for (const person of [ada, ben]) {
    await expect(person.it('gemini-state')).toHaveAttribute('data-state', 'listening', { timeout: 30_000 });
    person.traffic.voice.length = 0;
  }

  const from = await Promise.all([ada.now(), ben.now()]);
  await ada.type('Gemini, please sum up the main points so far.');
  await expect(ben.it('gemini-state')).toHaveAttribute('data-state', 'speaking');
  const expected = await ben.nextOnset(LEAD_MS);
  await ben.waitUntil(expected - LEAD_MS / 2);
  const unmuted = await ben.now();
  await ben.microphone(true);
  await expect(ada.it('gemini-state')).not.toHaveAttribute('data-state', 'speaking');
  await ben.waitUntil(expected + ben.recording.speech.seconds * 1_000);
  await ben.microphone(false);

  const onset = await ben.firstWordAfter(unmuted);
  for (const [index, person] of [ada, ben].entries()) {
    const frames = untilStopped(person.traffic.voice);
    expect(frames, `${person.name} is told to be silent`).toBeDefined();
    // Up to the end of what Ben says: then Gemini answers that.
    const end = onset + ben.recording.speech.seconds * 1_000;
    const heard = (await person.sound('heard', from[index] ?? 0)).between(0, end);
    const stopped = lastHeard(heard, voiceOf(frames ?? []), person === ada ? [ben.recording.speech] : []);
    expect(stopped, `${person.name} heard Gemini`).toBeDefined();
    const after = (stopped ?? 0) - onset;
    test
      .info()
      .annotations.push({ type: `${person.name}: silent after`, description: `${after.toFixed(0)} ms` });
    // Gemini may just have been between two words.
    expect(after, `${person.name} heard Gemini when Ben began`).toBeGreaterThan(-LONGEST_PAUSE_MS);
    expect(after, `${person.name} hears silence in time`).toBeLessThan(STOPPED_WITHIN_MS);
  }
});

/** The text of Gemini's first answer, once the whole of it stands in the conversation. */
async function finishedAnswer(person: Person): Promise<string> {
  await expect(person.messages('Gemini', 'speech').first()).toBeVisible({ timeout: 30_000 });
  const lines = await person.lines();
  return lines.find(({ author, kind }) => author === 'Gemini' && kind === 'speech')?.text ?? '';
}
