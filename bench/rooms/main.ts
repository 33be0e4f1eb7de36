import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFileEventLog, openJetStreamEventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import { FREQUENT, NOWHERE, RARE } from '../../services/room/src/testing/large-room.fixture.ts';
import { percentiles } from '../percentiles.ts';
import { startStudio } from '../studio-program.ts';
import type { StackMode } from '../studio-program.ts';
import { fillArchive, fillConversation, fillRooms, longRoomId, visitCursor } from './fill-storage.ts';
import { watchMemory } from './memory.ts';
import { Visitor } from './visitor.ts';

// What a studio with many rooms and a long conversation takes to list, read, search and export them, through its HTTP API, beside what the
// storage alone takes in the same run. The person has visited some of the rooms, and the long conversation is theirs.

/** Longest times, milliseconds. */
const PAGE_MS = 150;
const SEARCH_MS = 500;
/** Rooms of one person. */
const VISITED = 500;
const ROUNDS = 30;

interface Measured {
  readonly what: string;
  readonly times: readonly number[];
  readonly most?: number;
}

/** Prints one line; false when it took too long. */
function report({ what, times, most }: Measured): boolean {
  const { p50, p99, count } = percentiles(times);
  const holds = most === undefined || p99 <= most;
  const limit = most === undefined ? '' : `  at most ${most} ms: ${holds ? 'holds' : 'TOO MUCH'}`;
  process.stdout.write(
    `  ${what.padEnd(44)} p50 ${p50.toFixed(1).padStart(7)} ms  p99 ${p99.toFixed(1).padStart(7)} ms  (${count})${limit}\n`,
  );
  return holds;
}

async function repeatedly(action: () => Promise<unknown>, rounds = ROUNDS): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await action();
    times.push(performance.now() - begun);
  }
  return times;
}

async function measure(mode: StackMode, rooms: number, events: number): Promise<boolean> {
  const long = longRoomId();
  const studio = await startStudio(mode, 'http://127.0.0.1:9', async (directory) => {
    if (mode !== 'embedded') return;
    const log = await openFileEventLog(join(directory, 'events'));
    await fillConversation(log, long, events, 2_000);
    await log.close();
  });
  try {
    const [url = ''] = studio.gateways;
    const visitor = await Visitor.signIn(url);
    const store = await openDiskObjectStore(join(studio.directory, 'objects'));
    if (studio.natsUrl !== undefined) {
      const log = await openJetStreamEventLog({ servers: studio.natsUrl });
      await fillConversation(log, long, events, 1);
      await log.close();
    }
    const segment = await fillArchive(store, long, events);
    const [first, ...others] = await fillRooms(store, visitor.user, rooms, VISITED, long);
    const middle = others[Math.floor(rooms / 2)];
    const middleOfMine = others[Math.floor(VISITED / 2)];
    if (first === undefined || middle === undefined || middleOfMine === undefined)
      throw new RangeError(`at least ${VISITED} rooms are needed`);

    process.stdout.write(`${mode}: ${rooms} rooms, ${VISITED} of the person, one with ${events} events\n`);
    let holds = true;
    const floor = (what: string, action: () => Promise<unknown>) =>
      repeatedly(action).then((times) => report({ what, times }));
    const ask = async (what: string, path: string, most: number, rounds = ROUNDS) => {
      // The first one is that of a studio which has not been asked before.
      const cold = await visitor.ask(path);
      const times = await repeatedly(() => visitor.ask(path), rounds);
      holds = report({ what, times, most }) && holds;
      return cold.ms;
    };

    await floor('storage alone: one listing of 51 rooms', () => store.list('rooms/', { limit: 51 }));
    await floor('storage alone: one segment', () => store.get(segment));
    await ask('open rooms, first page', 'rooms?scope=open', PAGE_MS);
    await ask('open rooms, a page in the middle', `rooms?scope=open&cursor=${middle.id}`, PAGE_MS);
    await ask('my rooms, first page', 'rooms?scope=mine', PAGE_MS);
    await ask('my rooms, a page in the middle', `rooms?scope=mine&cursor=${middleOfMine.id}`, PAGE_MS);
    await ask('recent rooms, first page', 'rooms?scope=recent', PAGE_MS);
    await ask(
      'recent rooms, a page in the middle',
      `rooms?scope=recent&cursor=${visitCursor(visitor.user, middleOfMine)}`,
      PAGE_MS,
    );
    const conversation = `rooms/${long}`;
    await ask('history, last page', `${conversation}/events`, PAGE_MS);
    await ask(
      'history, a page in the middle',
      `${conversation}/events?before=${Math.floor(events / 2)}`,
      PAGE_MS,
    );
    // A cold one reads all of the conversation from the disk, so the word that is found nowhere comes first.
    for (const [what, word] of [
      ['a word that is nowhere', NOWHERE],
      ['a rare word', RARE.word],
      ['a frequent word', FREQUENT],
      ['a word of the format', 'speech'],
    ] as const) {
      const cold = await ask(`search, ${what}`, `${conversation}/search?q=${word}`, SEARCH_MS, 10);
      holds = report({ what: `search, ${what}, asked first`, times: [cold], most: SEARCH_MS }) && holds;
    }
    const { result, before, most } = await watchMemory(studio.pids, () =>
      visitor.ask(`${conversation}/export?format=json`),
    );
    const mib = (value?: number) => (value === undefined ? 'unknown' : `${value.toFixed(0)} MiB`);
    process.stdout.write(
      `  export: ${(result.bytes / 2 ** 20).toFixed(1)} MiB in ${(result.ms / 1_000).toFixed(1)} s; memory of the services before ${mib(before)}, at most ${mib(most)} meanwhile\n`,
    );
    return holds;
  } finally {
    await studio.stop();
  }
}

const { values } = parseArgs({
  options: {
    mode: { type: 'string', multiple: true, default: ['embedded', 'cluster'] },
    rooms: { type: 'string', default: '10000' },
    events: { type: 'string', default: '100000' },
  },
});
let holds = true;
for (const mode of values.mode) {
  if (mode !== 'embedded' && mode !== 'cluster')
    throw new Error(`--mode is embedded or cluster, not "${mode}"`);
  holds = (await measure(mode, Number(values.rooms), Number(values.events))) && holds;
}
process.exitCode = holds ? 0 : 1;
