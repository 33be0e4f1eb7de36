import { peak } from '@studio/audio';
import type { FloorAction, FloorPolicy } from '@studio/contracts';
import type { LiveEmulator } from '@studio/live-emulator';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from './testing/manual-time.ts';
import { Meeting } from './testing/meeting.ts';
import { OpenMicrophone } from './testing/open-microphone.ts';
import { partOf, recordUtterance, whereIn } from './testing/recordings.ts';
import type { Utterance } from './testing/recordings.ts';
import { Stage } from './testing/service.ts';

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

const ANA = recordUtterance('We launch the portal in November.', 'Kore');
const BEN = recordUtterance('The budget for it is too small.', 'Charon');
const CEM = recordUtterance('Two more testers would help us.', 'Puck');
const ANA_AGAIN = recordUtterance('Then let us ask for more money.', 'Kore');
const BEN_AGAIN = recordUtterance('I would rather begin with less, and later ask for more.', 'Charon');
const ALL = [ANA, BEN, CEM, ANA_AGAIN, BEN_AGAIN];
const ONSET_MS = 200;
/** The faint noise of three quiet microphones, which is in a mix too. */
const NOISE = 60;

/** Everything that the emulated service was given as sound so far. */
function received(live: LiveEmulator): Int16Array {
  const frames = live
    .sessions()
    .flatMap(({ sessionId }) => live.recordings(sessionId))
    .flatMap((recording) => recording.frames);
  return Int16Array.from(frames.flatMap(({ samples }) => [...samples]));
}

/** Three people with open microphones, and a service that writes down the utterances that it hears, and says nothing. */
async function begin(floor: FloorPolicy) {
  const time = new ManualTime();
  const stage = new Stage(time.clock);
  stages.push(stage);
  let known = 0;
  const live: LiveEmulator = await stage.emulator({
    keepAudioSeconds: 60,
    mind: {
      plan: () => {
        const sound = received(live);
        const heard = ALL.filter((one) => whereIn(sound.subarray(known), partOf(one, 300, 500), NOISE) >= 0);
        known = sound.length;
        return { say: null, heard: heard.map(({ text }) => text).join(' ') || 'Mumbling.' };
      },
    },
  });
  const meeting = await Meeting.start();
  const people = [
    await meeting.enter('Ana'),
    await meeting.enter('Ben'),
    await meeting.enter('Cem'),
  ] as const;
  meeting.room.setLive(people[0].actor, { floor });
  await stage.serve(meeting, live.url);
  await time.until(() => meeting.status()?.state === 'listening');
  const microphones = people.map((person) => new OpenMicrophone(time.clock, meeting, person));
  const lines = async (count: number) => {
    await time.until(() => meeting.room.speeches().length >= count);
  };
  return { time, live, meeting, people, microphones, lines };
}
type Talk = Awaited<ReturnType<typeof begin>>;

/** Somebody says something, with the button held down where there is one. */
async function say({ time, meeting, people, microphones }: Talk, who: 0 | 1 | 2, utterance: Utterance) {
  const { actor, source } = people[who];
  const button = meeting.status()?.floor.policy === 'push-to-talk';
  const act = (floor: FloorAction) => meeting.command({ type: 'floor', by: actor, source, floor });
  if (button) await act({ action: 'press' });
  microphones[who]!.say(utterance.pcm);
  return async () => {
    await time.until(() => microphones[who]!.silent);
    if (button) await act({ action: 'release' });
  };
}

/** One line after the other, then Ben into what Ana says. */
async function talk(all: Talk) {
  for (const [i, utterance] of [ANA, BEN, CEM].entries()) {
    const said = await say(all, i as 0 | 1 | 2, utterance);
    await said();
    await all.lines(i + 1);
  }
  const ana = await say(all, 0, ANA_AGAIN);
  await all.time.pass(400);
  const ben = await say(all, 1, BEN_AGAIN);
  await ana();
  await ben();
}

describe('three talkers from recordings', () => {
  it.each(['push-to-talk', 'open'] as const)(
    'are written down with their names, and heard whole from their first sound, with the floor policy %s',
    async (policy) => {
      const all = await begin(policy);
      await talk(all);
      await all.lines(5);
      expect(all.meeting.room.speeches()).toEqual([
        ...[`Ana: ${ANA.text}`, `Ben: ${BEN.text}`, `Cem: ${CEM.text}`],
        ...[`Ana: ${ANA_AGAIN.text}`, `Ben: ${BEN_AGAIN.text}`],
      ]);
      const sound = received(all.live);
      for (const utterance of ALL)
        expect(whereIn(sound, partOf(utterance, 0, utterance.pcm.length / 32))).toBeGreaterThanOrEqual(0);
    },
    60_000,
  );

  it('are one stream in real time with the floor policy mix, in which several at once are marked', async () => {
    const all = await begin('mix');
    const { live, meeting } = all;
    await talk(all);
    await all.lines(4);
    const [ana, ben] = all.people;
    expect(meeting.room.speeches().slice(0, 3)).toEqual([
      `Ana: ${ANA.text}`,
      `Ben: ${BEN.text}`,
      `Cem: ${CEM.text}`,
    ]);
    expect(meeting.room.events.at(-1)).toMatchObject({
      actor: ben.actor,
      body: { speakers: [ben.actor, ana.actor] },
    });

    const sound = received(live);
    for (const utterance of [ANA, BEN, CEM, ANA_AGAIN])
      expect(whereIn(sound, partOf(utterance, 0, ONSET_MS), NOISE)).toBeGreaterThan(0);
    expect(peak(sound)).toBeLessThanOrEqual(1);
    const { frames } = live.recordings(live.sessions()[0]!.sessionId)[0]!;
    const lastedMs = frames.at(-1)!.at - frames[0]!.at + 20;
    expect(Math.abs(sound.length / 16 - lastedMs)).toBeLessThanOrEqual(40);

    // Where both speak the stream is the sum of both: without Ana, Ben's first sound is left.
    const alone = sound.slice(whereIn(sound, partOf(ANA_AGAIN, 0, ONSET_MS), NOISE));
    partOf(ANA_AGAIN, 0, ANA_AGAIN.pcm.length / 32).forEach((sample, i) => (alone[i] = alone[i]! - sample));
    expect(whereIn(alone, partOf(BEN_AGAIN, 0, ONSET_MS), NOISE)).toBeGreaterThan(0);
  }, 60_000);
});
