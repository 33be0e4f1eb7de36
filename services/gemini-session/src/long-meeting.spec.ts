import { expect, it } from 'vitest';
import { LongMeeting } from './testing/long-meeting.ts';
import type { Phase, Spoken } from './testing/long-meeting.ts';

const MINUTES = 120;
const ROTATIONS = 12;
/** Faults change the connection, too, so that not every one reaches its age. */
const ROTATIONS_ASKED = 40;
const SEED = 20_261_125;
/** What may be lost of the speech at a rotation, and how long Gemini may not hear. Milliseconds of room time. */
const MOST_LOST_MS = 500;
const MOST_DEAF_MS = 500;

/** Gemini hears 300 ms before the first sound, and the 700 ms of silence that end what is said. Seconds. */
const SILENCE_S = 1;

const largest = (values: readonly number[]) => Math.max(0, ...values);

/** How long each rotation took, from the last moment in which the old connection was used to the first one of the new. */
function rotations(phases: readonly Phase[]): { at: number; ms: number }[] {
  return phases.flatMap(({ phase, at }, index) => {
    if (phase !== 'rotating') return [];
    const next = phases.slice(index).find((later) => later.phase === 'ready');
    return next === undefined ? [] : { at, ms: next.at - at };
  });
}

/** Of everything that was said, what the emulator did not hear of it, in milliseconds. */
function lost(meeting: LongMeeting): { said: Spoken; ms: number }[] {
  const heard = meeting.emulated.flatMap((event) => (event.event === 'activity' ? event : []));
  return meeting.spoken.map((said, index) => {
    const missing = (until: number) => {
      const others = heard.filter(({ at }) => at > said.from && at < until);
      const all = said.seconds + SILENCE_S;
      const closest = Math.min(all, ...others.map(({ speechSeconds }) => Math.abs(all - speechSeconds)));
      return Math.round(closest * 1_000);
    };
    const inTime = missing(meeting.spoken[index + 1]?.from ?? Infinity);
    // What a lost connection took away is given again as soon as there is another one, perhaps after the next one has begun.
    return {
      said,
      ms: inTime <= MOST_LOST_MS ? inTime : missing(meeting.spoken[index + 2]?.from ?? Infinity),
    };
  });
}

it('holds a meeting of two hours over a dozen rotations and more, and one fault of each kind', async () => {
  const meeting = new LongMeeting();
  const startedAt = performance.now();
  try {
    await meeting.hold(MINUTES * 60_000, (MINUTES * 60_000) / ROTATIONS_ASKED, SEED);
    const tookS = (performance.now() - startedAt) / 1_000;

    const changes = rotations(meeting.phases);
    const untroubled = ({ from, to }: Spoken) =>
      meeting.troubled.every((trouble) => to < trouble.from - 5_000 || from > trouble.to);
    const losses = lost(meeting).filter(({ said }) => untroubled(said));
    const atRotations = losses.filter(({ said }) =>
      changes.some(({ at, ms }) => at + ms > said.from && at < said.to),
    );
    const { events } = meeting.meeting.room;
    const speeches = events.flatMap(({ actor, body }) =>
      body.type === 'speech' ? { ...body, by: actor.name } : [],
    );
    const answers = speeches.filter(({ by, interrupted }) => by === 'Gemini' && !interrupted);
    const spokenLines = speeches.filter(({ by }) => by !== 'Gemini');
    const expected = meeting.spoken.filter(untroubled).length;

    process.stdout.write(
      `${[
        `${MINUTES} minutes of room time in ${tookS.toFixed(0)} s`,
        `${changes.length} rotations, ${meeting.faults} faults, ${meeting.live.sessions().length} sessions`,
        `deaf at a rotation: at most ${largest(changes.map(({ ms }) => ms))} ms`,
        `speech lost: at most ${largest(losses.map(({ ms }) => ms))} ms of ${losses.length} utterances, ` +
          `${atRotations.length} of them at a rotation with at most ${largest(atRotations.map(({ ms }) => ms))} ms`,
        `${meeting.spoken.length} utterances, ${spokenLines.length} lines of them; ${meeting.typed} typed lines; ${answers.length} whole answers`,
      ].join('\n')}\n`,
    );

    expect(changes.length).toBeGreaterThanOrEqual(ROTATIONS);
    expect(largest(changes.map(({ ms }) => ms))).toBeLessThanOrEqual(MOST_DEAF_MS);
    // Some of them in the middle of what somebody says.
    expect(atRotations.length).toBeGreaterThan(0);
    expect(losses.filter(({ ms }) => ms > MOST_LOST_MS)).toEqual([]);

    // No event is lost or doubled.
    expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
    expect(events.filter(({ body }) => body.type === 'chat')).toHaveLength(meeting.typed);
    const numbers = answers.map(({ text }) => text);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(spokenLines.length).toBeLessThanOrEqual(meeting.spoken.length);
    expect(spokenLines.length).toBeGreaterThanOrEqual(expected);
    expect(meeting.phase).toBe('ready');
    expect(meeting.meeting.status()?.state).toBe('listening');
  } finally {
    await meeting.close();
  }
}, 600_000);
