import type { StoredEntry } from './stored-entry.ts';

/** A place in a stream, told by an entry of the log that is looked through. */
export interface Place {
  readonly seq: number;
  readonly position: number;
}

/** The log's first entry at or behind a position of the stream. */
export type NextEntry = (position: number) => Promise<StoredEntry | undefined>;

/** What was looked up does not fit together: the log has been deleted meanwhile, or what was remembered of it is old. */
export class InconsistentLogError extends Error {
  override readonly name = 'InconsistentLogError';
}

/** This near, one step after the other is quicker than guessing. */
const NEAR = 3;

/**
 * Finds an entry of a log in a stream that holds many logs, or the first one behind it that is kept. Guesses by proportion and by halves
 * in turn, so that it takes few steps for logs that grow evenly, and never more than twice the logarithm of the range.
 * @param low an entry before the one that is looked for, or the beginning `{ seq: 0, position: 0 }`; it need not be kept
 * @param high a later entry: all before it lie before its position; it need not be kept
 * @throws InconsistentLogError
 */
export async function findEntry(next: NextEntry, seq: number, low: Place, high: Place): Promise<StoredEntry> {
  for (let step = 0; ; step += 1) {
    const behindLow = seq - low.seq <= NEAR || high.position - low.position < 2;
    const guess = behindLow ? low.position + 1 : guessPosition(seq, low, high, step % 2 === 1);
    const entry = await next(guess);
    if (entry?.seq === seq) return entry;
    if (entry === undefined || entry.seq <= low.seq || low.position >= high.position)
      throw new InconsistentLogError(`entry ${seq} is not where it should be`);
    if (entry.seq < seq) low = entry;
    // Nothing lies between the two: the one that is looked for was dropped.
    else if (behindLow) return entry;
    else high = { seq: entry.seq, position: guess };
  }
}

function guessPosition(seq: number, low: Place, high: Place, halve: boolean): number {
  const range = high.position - low.position;
  // A little early: what is found is the first entry at or behind the guess.
  const share = halve ? 0.5 : (seq - low.seq - 0.5) / (high.seq - low.seq);
  return Math.min(high.position - 1, low.position + Math.max(1, Math.floor(range * share)));
}
