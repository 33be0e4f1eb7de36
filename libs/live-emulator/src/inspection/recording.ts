import { Resampler, toFloat32, toInt16 } from '@studio/audio';
import type { Pcm } from '../input/pcm.ts';

/** Hertz of everything that is recorded. */
const RECORDED_RATE = 16_000;

/** A piece of sound as it arrived. */
export interface RecordedFrame {
  /** Emulated time. */
  readonly at: number;
  readonly samples: Int16Array;
}

/** What one connection heard, the latest of it, at 16 kHz. */
export interface Recording {
  /** Of the session's connections, which one, from 0. */
  readonly connection: number;
  readonly frames: readonly RecordedFrame[];
}

/** Frames. */
const MAX_OUTDATED = 1000;

/** Keeps the latest sound of a connection. Sound of another rate than 16 kHz is resampled, which delays it by a few milliseconds. */
export class Recorder {
  readonly #mostSamples: number;
  #frames: RecordedFrame[] = [];
  /** How many of them are outdated: they are thrown away many at a time. */
  #outdated = 0;
  #samples = 0;
  #resampler: { readonly rate: number; readonly resampler: Resampler } | null = null;

  /** @param seconds how much is kept; 0 for nothing */
  constructor(seconds: number) {
    this.#mostSamples = seconds * RECORDED_RATE;
  }

  get frames(): readonly RecordedFrame[] {
    return this.#frames.slice(this.#outdated);
  }

  add(pcm: Pcm, at: number): void {
    if (this.#mostSamples === 0) return;
    const samples = this.#recorded(pcm);
    this.#frames.push({ at, samples });
    this.#samples += samples.length;
    while (this.#samples > this.#mostSamples) {
      this.#samples -= this.#frames[this.#outdated]?.samples.length ?? 0;
      this.#outdated += 1;
    }
    if (this.#outdated < MAX_OUTDATED) return;
    this.#frames = [...this.frames];
    this.#outdated = 0;
  }

  #recorded({ samples, rate }: Pcm): Int16Array {
    if (rate === RECORDED_RATE) return samples;
    if (this.#resampler?.rate !== rate)
      this.#resampler = { rate, resampler: new Resampler(rate, RECORDED_RATE) };
    return toInt16(this.#resampler.resampler.process(toFloat32(samples)));
  }
}
