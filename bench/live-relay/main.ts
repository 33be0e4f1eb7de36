import { parseArgs } from 'node:util';
import { startStudio } from '../studio-program.ts';
import type { StackMode } from '../studio-program.ts';
import { percentiles } from '../percentiles.ts';
import { converse } from './conversation.ts';
import { DirectTalker } from './direct-talker.ts';
import { LiveEndpoint } from './live-endpoint.ts';
import { Marks } from './marks.ts';
import { RoomTalker } from './room-talker.ts';
import type { OnVoice, Talker } from './talker.ts';

// What the studio adds to the way between a microphone and Gemini, and back: rooms with push-to-talk, beside as many direct connections of
// the SDK, in turns, in one run. A microphone's way begins where its frame leaves the client, so the WebSocket to the gateway is part of
// what is added; Gemini's begins where the service sends its voice and ends at each of a room's clients.

/** What the studio may add, milliseconds. */
const MOST: Record<StackMode, { p50: number; p99: number }> = {
  embedded: { p50: 0.5, p99: 2 },
  cluster: { p50: 1.5, p99: 5 },
};
const LISTENERS = 2;
const SPEECH_MS = 2_000;
/** 2.4 s of voice in 0.6 s. */
const CHUNKS_PER_ANSWER = 10;
const ROUNDS = 2;

/** One way to Gemini with everything that is measured on it. */
interface Way {
  readonly name: string;
  readonly endpoint: LiveEndpoint;
  readonly heard: Marks;
  readonly said: Marks;
  readonly listeners: number;
  talkers: Talker[];
}

async function wayOf(name: string, listeners: number): Promise<Way> {
  const [heard, said] = [new Marks(), new Marks()];
  const endpoint = await LiveEndpoint.start(heard, said, CHUNKS_PER_ANSWER);
  return { name, endpoint, heard, said, listeners, talkers: [] };
}

async function populate(way: Way, rooms: number, open: (onVoice: OnVoice) => Promise<Talker>): Promise<void> {
  const onVoice: OnVoice = (pcm, at) => way.said.arrived(pcm, at);
  for (let room = 0; room < rooms; room += 1) way.talkers.push(await open(onVoice));
}

function talk({ talkers, endpoint, heard }: Way): Promise<void> {
  return converse(talkers, { endpoint, heard, speechMs: SPEECH_MS, rounds: ROUNDS });
}

/** Prints one direction; false when the studio adds more than it may, or has lost something. */
function report(mode: StackMode, what: string, direct: Marks, studio: Marks, copies: number): boolean {
  const floor = percentiles(direct.travelled);
  const found = percentiles(studio.travelled);
  const added = { p50: found.p50 - floor.p50, p99: found.p99 - floor.p99 };
  const lost = studio.sent * copies - found.count;
  const holds = added.p50 <= MOST[mode].p50 && added.p99 <= MOST[mode].p99 && lost === 0;
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  process.stdout.write(
    [
      what,
      `  direct SDK connection   p50 ${ms(floor.p50)}  p99 ${ms(floor.p99)}  (${floor.count})`,
      `  through the studio      p50 ${ms(found.p50)}  p99 ${ms(found.p99)}  (${found.count}, ${lost} lost)`,
      `  added                   p50 ${ms(added.p50)}  p99 ${ms(added.p99)}  at most ${ms(MOST[mode].p50)}, ${ms(MOST[mode].p99)}: ${holds ? 'holds' : 'TOO MUCH'}`,
      '',
    ].join('\n'),
  );
  return holds;
}

async function measure(mode: StackMode, rooms: number, cycles: number): Promise<boolean> {
  const direct = await wayOf('direct', 0);
  const studio = await wayOf('studio', LISTENERS);
  const program = await startStudio(mode, studio.endpoint.url);
  const ways = [direct, studio];
  try {
    await populate(direct, rooms, (onVoice) => DirectTalker.connect(direct.endpoint.url, onVoice));
    await populate(studio, rooms, (onVoice) => RoomTalker.open(program.gateways, LISTENERS, onVoice));
    for (const way of ways) await talk(way);
    for (const { heard, said } of ways) {
      heard.forget();
      said.forget();
    }
    for (let cycle = 0; cycle < cycles; cycle += 1) for (const way of ways) await talk(way);
    process.stdout.write(`${mode}, ${rooms} rooms with push-to-talk, ${LISTENERS} listeners each\n`);
    const up = report(mode, 'microphone frame: client to Live socket', direct.heard, studio.heard, 1);
    const down = report(mode, "Gemini's voice: service to client", direct.said, studio.said, LISTENERS + 1);
    return up && down;
  } finally {
    for (const { talkers } of ways) for (const talker of talkers) talker.close();
    await program.stop();
    for (const { endpoint } of ways) await endpoint.close();
  }
}

const { values } = parseArgs({
  options: {
    mode: { type: 'string', multiple: true, default: ['embedded', 'cluster'] },
    rooms: { type: 'string', default: '10' },
    cycles: { type: 'string', default: '5' },
  },
});
let holds = true;
for (const mode of values.mode) {
  if (mode !== 'embedded' && mode !== 'cluster')
    throw new Error(`--mode is embedded or cluster, not "${mode}"`);
  holds = (await measure(mode, Number(values.rooms), Number(values.cycles))) && holds;
}
process.exitCode = holds ? 0 : 1;
