import { openJetStreamEventLog } from '@studio/event-log';
import type { StudioApi } from '@studio/client';
import { checkRoom } from './check-room.ts';
import type { Findings } from './check-room.ts';
import type { ChaosRoom, Crowd } from './crowd.ts';
import { archiveOf, conversationOf, logOf } from './kept.ts';
import { until } from './stack.ts';
import type { Stack } from './stack.ts';

/** All clients are back and have everything by then, after the last fault. Milliseconds. */
const SETTLED_MS = 30_000;
/** In a room that works a line is with everybody after this, and Gemini answers. */
const WORKS_MS = 10_000;
const ANSWERS_MS = 30_000;
/** Presence converges within this time (issue: 10 s); counted from the moment at which everybody was back. */
const PRESENCE_MS = 10_000;

export interface Aftermath extends Findings {
  readonly stuck: string[];
  readonly problems: string[];
  readonly archived: number;
  readonly events: number;
}

/** Looks at everything when the last fault is over: do the rooms work, and is everything there. */
export async function lookAfterwards(stack: Stack, crowd: Crowd, api: StudioApi): Promise<Aftermath> {
  const stuck: string[] = [];
  const attempt = async (what: string, check: Promise<unknown>) => {
    await check.catch((error: unknown) => stuck.push(`${what}: ${String(error)}`));
  };
  await attempt(
    'not everybody came back',
    until(() => crowd.people.every(({ open }) => open), SETTLED_MS),
  );
  await Promise.all(crowd.rooms.map((room) => attempt(`presence in ${room.id}`, presenceIsTrue(room))));
  await Promise.all(crowd.rooms.map((room) => attempt(`room ${room.id}`, works(room))));
  await Promise.all(crowd.rooms.map((room) => attempt(`Gemini in ${room.id}`, geminiAnswers(room))));
  await attempt('not everybody has everything', agreed(crowd));

  const log = await openJetStreamEventLog({ servers: stack.natsUrl });
  const found: Findings[] = [];
  let [archived, events] = [0, 0];
  try {
    for (const room of crowd.rooms) {
      const kept = await conversationOf(api, room.id);
      const archive = await archiveOf(stack.storage, room.id);
      const sources = new Map([
        ['the event log', await logOf(log, room.id)],
        ['the archive', archive],
      ]);
      const witnesses = room.people.map(({ user, acknowledged, seen }) => ({
        name: user.name,
        acknowledged,
        seen,
      }));
      found.push(checkRoom(kept, witnesses, sources));
      archived += archive.length;
      events += kept.length;
    }
  } finally {
    await log.close();
  }
  return {
    acknowledged: found.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost: found.flatMap(({ lost }) => lost),
    doubled: found.flatMap(({ doubled }) => doubled),
    disorder: found.flatMap(({ disorder }) => disorder),
    problems: crowd.people.flatMap(({ user, problems }) =>
      problems.map((problem) => `${user.name}: ${problem}`),
    ),
    ...{ stuck, archived, events },
  };
}

/** Every client shows exactly the people who are there. */
function presenceIsTrue({ people }: ChaosRoom): Promise<void> {
  const there = people
    .map(({ user }) => user.id)
    .toSorted()
    .join();
  return until(() => people.every(({ shows }) => shows.toSorted().join() === there), PRESENCE_MS);
}

/** Everybody says a line, and it is with all the others. */
async function works({ people }: ChaosRoom): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      await person.say('And now?');
      const seq = Math.max(...person.acknowledged.values());
      await until(() => people.every(({ lastSeq }) => lastSeq >= seq), WORKS_MS);
    }),
  );
}

async function geminiAnswers({ people: [person] }: ChaosRoom): Promise<void> {
  if (person === undefined) return;
  const { answers } = person;
  await person.say('Are you still there?', { ask: true });
  await until(() => person.answers > answers, ANSWERS_MS);
}

async function agreed(crowd: Crowd): Promise<void> {
  for (const { people } of crowd.rooms)
    await until(() => new Set(people.map(({ lastSeq }) => lastSeq)).size === 1, WORKS_MS);
}
