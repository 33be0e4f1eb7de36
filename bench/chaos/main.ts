import { parseArgs } from 'node:util';
import { percentiles } from '../percentiles.ts';
import { lookAfterwards } from './aftermath.ts';
import { ChaosPerson } from './chaos-person.ts';
import { Crowd } from './crowd.ts';
import { Downtime } from './downtime.ts';
import { faultInWords, kindsInWords, makeFault } from './make-fault.ts';
import { planFaults, planRollingRestart, planStorageOutage } from './plan.ts';
import type { PlannedFault } from './plan.ts';
import { Stack } from './stack.ts';

// Rooms full of people on the local cluster while its processes are killed, paused, restarted, emptied and cut off, at random from a seed.
// With `--at-once N` so many faults come together; how long people are away is then only told: there may be no gateway left to come back to.
// With `--rolling` each process of the services is replaced instead, one after the other, and nobody may be away for long;
// with `--storage-away` nobody reaches Cloud Storage for all but half a minute: whoever is in a room may not notice, and whoever comes back
// meanwhile waits for a replica that knows them, for as long as it takes.
// Afterwards every acknowledged line must be there once, at the same place for everybody, and every room must work.

/** Faults in a minute. */
const FAULTS_PER_MINUTE = 6.5;
/** A client that has lost its connection is back after this, brokers that are away not counted: milliseconds. */
const RECOVERY_MS = 2_000;
/** A gateway that is terminated asks its clients to move within this: milliseconds. */
const MOVE_MS = 3_000;
/** So many findings of a kind are printed. */
const SHOWN = 10;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rooms: { type: 'string', default: '10' },
    people: { type: 'string', default: '4' },
    'at-once': { type: 'string', default: '1' },
    rolling: { type: 'boolean', default: false },
    'storage-away': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const minutes = positive('minutes', values.minutes);
const seed = Math.floor(positive('seed', values.seed));
const atOnce = Math.floor(positive('at-once', values['at-once']));
const size = { rooms: positive('rooms', values.rooms), people: positive('people', values.people) };

process.exitCode = (await run()) ? 0 : 1;

async function run(): Promise<boolean> {
  say(`seed ${seed}, ${minutes} minutes, ${size.rooms} rooms of ${size.people}`);
  const env = { LOG_LEVEL: 'warn', ARCHIVE_EVENTS: '100', ARCHIVE_KEEP: '200', DRAIN_MOVE_MS: `${MOVE_MS}` };
  const stack = await Stack.start(env, values['storage-away'], (line) => {
    if (values.verbose) say(line);
  });
  // Stopped by hand: what was started is ended, and its data goes.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stack.stop().then(() => process.exit(1)));
  try {
    const crowd = await Crowd.gather(stack.url, { ...size, seed });
    const downtime = new Downtime(() => performance.now());
    const begun = performance.now();
    crowd.start();
    const durationMs = minutes * 60_000;
    const plan = planOf(durationMs);
    const made: { at: number; words: string }[] = [];
    const make = async (fault: PlannedFault) => {
      await delay(begun + fault.at - performance.now());
      made.push({ at: performance.now(), words: faultInWords(fault) });
      say(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${faultInWords(fault)}`);
      await makeFault(fault, stack, downtime);
    };
    for (let index = 0; index < plan.length; index += atOnce)
      await Promise.all(plan.slice(index, index + atOnce).map(make));
    await delay(begun + durationMs - performance.now());
    await stack.allReady();
    await crowd.stop();
    const { api } = await ChaosPerson.signIn(stack.url, 'Reader');
    for (const { id } of crowd.rooms) await api.ticket(id);
    const after = await lookAfterwards(stack, crowd, api);
    const lost = crowd.people.flatMap((person) =>
      person.recoveries.map(({ from, to }) => ({
        after: causeOf(from, made),
        took: downtime.without(from, to),
      })),
    );
    const recoveries = lost.map(({ took }) => took);
    for (const [after, group] of Map.groupBy(lost, (one) => one.after)) {
      const { p50 } = percentiles(group.map(({ took }) => took));
      const longest = Math.max(...group.map(({ took }) => took));
      say(
        `  ${group.length} clients came back after "${after}": p50 ${p50.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`,
      );
    }
    for (const person of crowd.people) person.close();
    const times = recoveries.length === 0 ? { p50: 0, p99: 0 } : percentiles(recoveries);
    const longest = Math.max(0, ...recoveries);
    const judged = judgedRecovery();
    for (const [name, found] of Object.entries(after)) if (Array.isArray(found)) tell(name, found);
    say(
      [
        `seed ${seed}: ${plan.length} faults in ${minutes} minutes, ${size.rooms} rooms with ${crowd.people.length} people`,
        `  ${kindsInWords(plan)}`,
        `  ${after.acknowledged} acknowledged lines, ${after.events} events, ${after.archived} of them in the archive too`,
        `  ${after.lost.length} lost, ${after.doubled.length} doubled, ${after.disorder.length} order differences, ${after.stuck.length} stuck, ${after.problems.length} problems`,
        `  ${recoveries.length} recoveries of clients: p50 ${times.p50.toFixed(0)} ms, p99 ${times.p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms${judged === undefined ? '' : ` (${judged} at most ${RECOVERY_MS} ms)`}`,
      ].join('\n'),
    );
    const faultless = [after.lost, after.doubled, after.disorder, after.stuck, after.problems].every(
      ({ length }) => length === 0,
    );
    const quick = judged === undefined || (judged === 'p99' ? times.p99 : longest) <= RECOVERY_MS;
    return faultless && after.acknowledged > 0 && quick;
  } finally {
    await stack.stop();
  }
}

/** Which of the times in which clients come back must be short; none where coming back depends on what is away. */
function judgedRecovery(): 'p99' | 'longest' | undefined {
  if (values['storage-away'] || atOnce > 1) return undefined;
  return values.rolling ? 'longest' : 'p99';
}

function planOf(durationMs: number): PlannedFault[] {
  if (values.rolling) return planRollingRestart(durationMs);
  if (values['storage-away']) return planStorageOutage(durationMs);
  return planFaults({ seed, count: Math.ceil(minutes * FAULTS_PER_MINUTE), durationMs, atOnce });
}

/** The fault that came last before a connection was lost. */
function causeOf(lostAt: number, made: readonly { at: number; words: string }[]): string {
  return made.findLast(({ at }) => at <= lostAt)?.words ?? 'nothing';
}

function tell(name: string, found: readonly string[]): void {
  for (const one of found.slice(0, SHOWN)) say(`  ${name}: ${one}`);
  if (found.length > SHOWN) say(`  ${name}: and ${found.length - SHOWN} more`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a positive number, not "${text}"`);
  return value;
}
