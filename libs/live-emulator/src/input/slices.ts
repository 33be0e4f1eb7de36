import { rmsDbfs } from '@studio/audio';
import type { Pcm } from './pcm.ts';

/** The length of the pieces in which sound is judged, in milliseconds. */
export const SLICE_MS = 20;

/** Cuts a stream of chunks of any size into slices and gives the level of each, in dBFS; the rest of a chunk waits for the next. */
export class Slicer {
  #rest = new Int16Array(0);
  #rate = 0;

  push({ samples, rate }: Pcm): number[] {
    if (rate !== this.#rate) this.#rest = new Int16Array(0);
    this.#rate = rate;
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const size = Math.round((rate * SLICE_MS) / 1000);
    const levels: number[] = [];
    let start = 0;
    for (; start + size <= all.length; start += size) {
      levels.push(rmsDbfs(all.subarray(start, start + size)));
    }
    this.#rest = all.slice(start);
    return levels;
  }
}
