import type { FaultInput } from '@studio/live-emulator';

/** What happens in a meeting, and when, in milliseconds from its beginning. */
export type Item =
  /** `midway`: goes wrong in the middle of it. */
  | { at: number; type: 'speech'; speaker: number; seconds: number; midway: FaultInput | undefined }
  | { at: number; type: 'line'; author: number; text: string }
  | { at: number; type: 'picture' }
  | { at: number; type: 'fault'; faults: readonly FaultInput[]; lastsMs: number };

const always = { times: 'always' } as const;
const cut: FaultInput = { fault: 'drop' };
/** No settled moment comes before the cut: the connection is changed in the middle of a word. */
const CUT_SOON: FaultInput = { fault: 'go-away', timeLeft: '6s' };
/** A cause that lasts is over after this, in milliseconds. */
const LASTS_MS = 40_000;

/** One of each kind that can go wrong; those which refuse or end connections come with the loss of the one that there is. */
const FAULTS: readonly { faults: readonly FaultInput[]; lastsMs: number }[] = [
  { faults: [cut], lastsMs: 0 },
  { faults: [{ fault: 'drop', on: 'turn', after: '300ms' }], lastsMs: 0 },
  { faults: [{ fault: 'stall', on: 'turn' }], lastsMs: 0 },
  { faults: [{ fault: 'go-away', timeLeft: '7s' }], lastsMs: 0 },
  { faults: [{ fault: 'close', code: 1011 }], lastsMs: 0 },
  { faults: [{ fault: 'close', code: 1007, on: 'turn', after: '300ms' }], lastsMs: 0 },
  { faults: [{ fault: 'malformed', on: 'turn' }], lastsMs: 0 },
  { faults: [{ fault: 'early-turn-complete', after: '300ms' }], lastsMs: 0 },
  { faults: [{ fault: 'empty-turn' }], lastsMs: 0 },
  { faults: [{ fault: 'late-transcripts' }], lastsMs: 0 },
  { faults: [{ fault: 'duplicate-tool-call' }], lastsMs: 0 },
  { faults: [{ fault: 'slow-setup', by: '2s' }, cut], lastsMs: 0 },
  { faults: [{ fault: 'latency', by: '80ms', jitter: '120ms', for: '30s' }], lastsMs: LASTS_MS },
  { faults: [{ fault: 'handle-refused', times: 2 }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'poisoned-handle', times: 2 }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'freeze', for: '20s' }], lastsMs: LASTS_MS },
  { faults: [{ fault: 'setup-hangs', ...always }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'quota', ...always }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'refuse', status: 401, ...always }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'unknown-model', ...always }, cut], lastsMs: LASTS_MS },
  { faults: [{ fault: 'outage', for: '30s' }], lastsMs: LASTS_MS },
];

/** Numbers from 0 to below 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A meeting of three people: one after the other speaks, some type, a screen is shared now and then, and everything goes wrong once. */
export function agenda(lengthMs: number, seed: number): Item[] {
  const random = seededRandom(seed);
  const items: Item[] = [];
  for (let at = 3_000, turn = 0; at < lengthMs - 60_000; turn++) {
    const long = random() < 0.08;
    const seconds = Math.round((long ? 12 + 12 * random() : 1.5 + 5 * random()) * 10) / 10;
    const speaker = Math.floor(random() * 3);
    items.push({ at, type: 'speech', speaker, seconds, midway: long ? CUT_SOON : undefined });
    at += seconds * 1_000 + 6_000 + random() * 12_000;
    if (turn % 6 === 5) {
      items.push({ at, type: 'line', author: Math.floor(random() * 3), text: `Note number ${turn}.` });
      at += 4_000 + random() * 6_000;
    }
  }
  for (let at = 60_000; at < lengthMs; at += 300_000)
    for (let shown = 0; shown < 60; shown++) items.push({ at: at + shown * 1_000, type: 'picture' });
  // Between the first minutes, in which there is no handle yet, and the end.
  const gap = (lengthMs - 180_000) / FAULTS.length;
  for (const [index, fault] of FAULTS.entries())
    items.push({ at: 90_000 + gap * index + random() * 5_000, type: 'fault', ...fault });
  // Whole milliseconds: a fraction of one is lost on a clock that counts from the epoch.
  for (const item of items) item.at = Math.round(item.at);
  return items.sort((a, b) => a.at - b.at);
}
