import { afterEach, expect, it } from 'vitest';
import { ManualTime } from './testing/manual-time.ts';
import { Meeting } from './testing/meeting.ts';
import { OpenMicrophone } from './testing/open-microphone.ts';
import { partOf, recordUtterance, whereIn } from './testing/recordings.ts';
import { Stage } from './testing/service.ts';

const time = new ManualTime();
const stage = new Stage(time.clock);
afterEach(async () => {
  // Time goes on while everything ends.
  const closed = new AbortController();
  const closing = stage.close().finally(() => closed.abort());
  await time.until(() => closed.signal.aborted);
  await closing;
});

const VOICES = ['Kore', 'Charon', 'Puck'] as const;
/** Between two who speak: no pause that ends a stretch of speech. */
const PAUSE_MS = 300;
const ONSET_MS = 200;
/** The faint noise of three quiet microphones, which is in a mix too. */
const NOISE = 60;
/** How far the mix may be ahead of or behind real time, and how long Gemini may not hear. Milliseconds. */
const MOST_OFF_MS = 500;
const MOST_DEAF_MS = 500;
const FAULTS = ['go-away', 'drop', 'go-away', 'go-away'] as const;

/** Recorded before there is a room: that takes seconds in which nothing else has its turn. */
const SAID = Array.from({ length: 28 }, (_, i) =>
  recordUtterance(`This is point ${i + 1} of the long list that we go through today.`, VOICES[i % 3]!),
);

it('a mix without a pause is heard in real time, and whole, over changed and lost connections', async () => {
  const live = await stage.emulator({ keepAudioSeconds: 200 });
  const meeting = await Meeting.start();
  const people = [await meeting.enter('Ana'), await meeting.enter('Ben'), await meeting.enter('Cem')];
  meeting.room.setLive(people[0]!.actor, { floor: 'mix' });
  await stage.serve(meeting, live.url);
  await time.until(() => meeting.status()?.state === 'listening');
  const microphones = people.map((person) => new OpenMicrophone(time.clock, meeting, person));
  const frames = () =>
    live
      .sessions()
      .flatMap(({ sessionId }) => live.recordings(sessionId))
      .flatMap((recording) => recording.frames);
  await time.until(() => frames().length > 0);
  const beganAt = frames()[0]!.at - 20;
  let [mostAhead, mostBehind] = [0, 0];
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 20) {
      await time.pass(20);
      // A connection is made in many turns of the network, which take a few milliseconds of the machine: time must not run away from it.
      const connected = live.sessions().some(({ openConnections }) => openConnections > 0);
      if (!connected) await new Promise((resolve) => setTimeout(resolve, 3));
      const heard = live.sessions().reduce((sum, session) => sum + session.receivedAudioSeconds, 0);
      const aheadMs = heard * 1_000 - (time.clock.now() - beganAt);
      mostAhead = Math.max(mostAhead, aheadMs);
      mostBehind = Math.max(mostBehind, -aheadMs);
    }
  };

  for (const [i, utterance] of SAID.entries()) {
    microphones[i % 3]!.say(utterance.pcm);
    const lastsMs = utterance.pcm.length / 32 + PAUSE_MS;
    const fault = i % 6 === 4 ? FAULTS[Math.floor(i / 6)] : undefined;
    // In the first sound of somebody, which is noticed after it.
    await pass(fault === undefined ? lastsMs : 60);
    if (fault === undefined) continue;
    live.faults.inject(fault === 'drop' ? { fault } : { fault, timeLeft: '5s' });
    await pass(lastsMs - 60);
  }
  await pass(200);

  const all = frames();
  const sound = Int16Array.from(all.flatMap(({ samples }) => [...samples]));
  expect(meeting.status()?.floor.speakers.length).toBeGreaterThan(0);
  expect(live.sessions().flatMap(({ setups }) => setups)).toHaveLength(1 + FAULTS.length);
  expect(Math.max(...all.slice(1).map(({ at }, i) => at - all[i]!.at))).toBeLessThanOrEqual(MOST_DEAF_MS);
  expect(mostAhead).toBeLessThanOrEqual(MOST_OFF_MS);
  expect(mostBehind).toBeLessThanOrEqual(MOST_OFF_MS);
  const clipped = SAID.filter((one) => whereIn(sound, partOf(one, 0, ONSET_MS), NOISE) < 0);
  expect(clipped.map(({ text }) => text)).toEqual([]);
}, 120_000);
