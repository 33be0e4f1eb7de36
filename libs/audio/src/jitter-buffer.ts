import { peak } from './level.ts';

/** A peak below this, where 1 is full scale, is a gap between words in a quiet room: it may be left out, or be made longer. */
export const QUIET = 0.01;

export interface JitterBufferOptions {
  /** Samples that are read at once. */
  block: number;
  /** Samples that are gathered before the first is given out. */
  delay: number;
  /** Samples that are kept at most; when more come, the oldest are lost. */
  capacity: number;
}

/**
 * Evens out a stream whose chunks come now early, now late, on a clock that may differ a little from the reader's. What comes late makes
 * the delay longer, and quiet blocks are left out until it is short again. Allocates nothing after it was made.
 */
export class JitterBuffer {
  private readonly options: JitterBufferOptions;
  private readonly ring: Int16Array;
  private readonly scratch: Int16Array;
  private start = 0;
  private length = 0;
  private begun = false;
  /** Blocks that were waited for since the first sample came, or read in vain since the last one. */
  private waited = 0;

  constructor(options: JitterBufferOptions) {
    this.options = options;
    this.ring = new Int16Array(options.capacity);
    this.scratch = new Int16Array(options.block);
  }

  /** Samples that wait. */
  get buffered(): number {
    return this.length;
  }

  /** Whether it is being heard; it is not while its delay is gathered, nor when nothing comes any more. */
  get playing(): boolean {
    return this.begun;
  }

  push(samples: Int16Array): void {
    const { capacity } = this.options;
    const kept = samples.length > capacity ? samples.subarray(samples.length - capacity) : samples;
    this.drop(Math.max(0, this.length + kept.length - capacity));
    const at = (this.start + this.length) % capacity;
    const head = kept.subarray(0, capacity - at);
    this.ring.set(head, at);
    this.ring.set(kept.subarray(head.length), 0);
    this.length += kept.length;
  }

  /** Adds the next block to `sums`; what is missing is silence. False when there was nothing. */
  addTo(sums: Int32Array): boolean {
    if (!this.begun && !this.mayBegin()) return false;
    const { block, delay } = this.options;
    this.read();
    // Only as much as came late: what is gathered on purpose stays.
    if (this.length >= delay + block && peak(this.scratch) < QUIET) this.read();
    return this.add(sums);
  }

  private mayBegin(): boolean {
    const { block, delay } = this.options;
    if (this.length === 0) return false;
    if (this.length < delay && ++this.waited * block <= delay) return false;
    this.begun = true;
    this.waited = 0;
    return true;
  }

  private add(sums: Int32Array): boolean {
    const { scratch } = this;
    for (let i = 0; i < scratch.length; i++) sums[i] = (sums[i] as number) + (scratch[i] as number);
    return true;
  }

  /** The next block into `scratch`. */
  private read(): void {
    const { block, delay, capacity } = this.options;
    const count = Math.min(block, this.length);
    const head = this.ring.subarray(this.start, Math.min(capacity, this.start + count));
    this.scratch.set(head);
    this.scratch.set(this.ring.subarray(0, count - head.length), head.length);
    this.scratch.fill(0, count);
    this.drop(count);
    this.waited = count === 0 ? this.waited + 1 : 0;
    // Nothing has come for longer than jitter explains: what comes next begins anew.
    if (this.waited * block > 2 * delay) {
      this.begun = false;
      this.waited = 0;
    }
  }

  private drop(count: number): void {
    this.start = (this.start + count) % this.options.capacity;
    this.length -= count;
  }
}
