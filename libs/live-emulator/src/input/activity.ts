import { SILENCE_DBFS } from '@studio/audio';
import { SLICE_MS } from './slices.ts';

/** A stretch of speech: where it began in the stream, how long it lasted, its mean level. */
export interface Activity {
  /** From the start of the connection's audio, in milliseconds. */
  readonly offsetMs: number;
  readonly seconds: number;
  readonly dbfs: number;
}

/** Sums up the slices of one activity. */
export class ActivityMeter {
  readonly #offsetMs: number;
  #slices = 0;
  #loud = 0;
  #power = 0;

  constructor(offsetMs: number) {
    this.#offsetMs = offsetMs;
  }

  /** Adds a slice; its level counts only when it carries speech. */
  add(dbfs: number, speech: boolean): void {
    this.#slices += 1;
    if (!speech) return;
    this.#loud += 1;
    this.#power += 10 ** (dbfs / 10);
  }

  /** The activity without its last slices, for example the silence that ended it. */
  finish(withoutSlices = 0): Activity {
    return {
      offsetMs: this.#offsetMs,
      seconds: (Math.max(0, this.#slices - withoutSlices) * SLICE_MS) / 1000,
      dbfs: this.#loud === 0 ? SILENCE_DBFS : Math.round(100 * Math.log10(this.#power / this.#loud)) / 10,
    };
  }
}
