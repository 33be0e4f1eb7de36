import { JitterBuffer } from './jitter-buffer.ts';
import type { JitterBufferOptions } from './jitter-buffer.ts';
import { Limiter } from './limiter.ts';

/** Gathered of each source before it is heard, milliseconds: three frames of a microphone. */
const DELAY_MS = 60;
/** Of a source that comes in bursts, this much is kept, milliseconds. */
const CAPACITY_MS = 1_000;

/**
 * Mixes any number of microphones, block by block at the pace of the caller, into one stream that never exceeds full scale. One source
 * alone goes through unchanged. A source is part of it as long as it sends; who sends nothing costs nothing. A block allocates nothing.
 */
export class Mixer {
  /** Samples in a block. */
  readonly block: number;
  private readonly buffers = new Map<number, JitterBuffer>();
  private readonly bufferOptions: JitterBufferOptions;
  private readonly limiter: Limiter;
  private readonly sums: Int32Array;

  constructor(sampleRate: number, blockMs: number) {
    const samples = (ms: number) => Math.round((sampleRate * ms) / 1000);
    this.block = samples(blockMs);
    this.bufferOptions = { block: this.block, delay: samples(DELAY_MS), capacity: samples(CAPACITY_MS) };
    this.limiter = new Limiter(sampleRate);
    this.sums = new Int32Array(this.block);
  }

  /** Blocks for which everybody who is being heard has sent enough; infinite when nobody is. */
  get ready(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const buffer of this.buffers.values())
      if (buffer.playing) least = Math.min(least, Math.floor(buffer.buffered / this.block));
    return least;
  }

  /** The next samples of a source, copied. */
  push(source: number, samples: Int16Array): void {
    let buffer = this.buffers.get(source);
    if (buffer === undefined) {
      buffer = new JitterBuffer(this.bufferOptions);
      this.buffers.set(source, buffer);
    }
    buffer.push(samples);
  }

  /** The next block: exactly {@link Mixer.block} samples, silence where nobody sends. */
  mix(output: Int16Array): void {
    this.sums.fill(0);
    for (const [source, buffer] of this.buffers)
      if (!buffer.addTo(this.sums) && buffer.buffered === 0) this.buffers.delete(source);
    this.limiter.process(this.sums, output);
  }
}
