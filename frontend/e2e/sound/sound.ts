import { readFileSync } from 'node:fs';
import { Resampler, decodeWav } from '@studio/audio';

/** Everything is compared at this rate, in hertz. */
export const RATE = 16_000;
/** Loudness is looked at in steps of this length, in milliseconds. */
const STEP_MS = 10;

/** A stretch of sound at {@link RATE}, and when it began. */
export class Sound {
  readonly samples: Float32Array;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;

  constructor(samples: Float32Array, startedAt = 0) {
    this.samples = samples;
    this.startedAt = startedAt;
  }

  static ofRate(samples: Float32Array, rate: number, startedAt = 0): Sound {
    if (rate === RATE) return new Sound(samples, startedAt);
    const resampler = new Resampler(rate, RATE);
    const delayed = (resampler.delayMs / 1_000) * RATE;
    return new Sound(resampler.process(samples).subarray(Math.round(delayed)), startedAt);
  }

  static ofWav(path: URL | string): Sound {
    const { sampleRate, samples } = decodeWav(readFileSync(path));
    return Sound.ofRate(toFloats(samples), sampleRate);
  }

  get seconds(): number {
    return this.samples.length / RATE;
  }

  /** From one time to another, in milliseconds since the epoch. */
  between(from: number, to: number): Sound {
    const [first, last] = [this.#index(from), this.#index(to)];
    return new Sound(this.samples.subarray(first, last), this.startedAt + (first / RATE) * 1_000);
  }

  /** From the first loud step to the last one. */
  trimmed(thresholdDbfs: number): Sound {
    const steps = this.loudSteps(thresholdDbfs);
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return new Sound(new Float32Array(0), this.startedAt);
    return this.between(first, last + STEP_MS);
  }

  /** When each step louder than the threshold began: milliseconds since the epoch. */
  loudSteps(thresholdDbfs: number): number[] {
    const length = (STEP_MS / 1_000) * RATE;
    const times: number[] = [];
    for (let at = 0; at + length <= this.samples.length; at += length) {
      if (dbfs(this.samples.subarray(at, at + length)) > thresholdDbfs)
        times.push(this.startedAt + (at / RATE) * 1_000);
    }
    return times;
  }

  #index(time: number): number {
    const index = Math.round(((time - this.startedAt) / 1_000) * RATE);
    return Math.min(Math.max(index, 0), this.samples.length);
  }
}

/** Root mean square of samples in decibels relative to full scale. */
export function dbfs(samples: Float32Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return 10 * Math.log10(squares / Math.max(1, samples.length) + 1e-12);
}

export function toFloats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32_768);
}
