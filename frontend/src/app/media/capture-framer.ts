import { Resampler, toInt16 } from '@studio/audio';

const CAPTURE_RATE = 16_000;
/** 20 ms. */
export const FRAME_SAMPLES = 320;

/** Makes frames of 20 ms, 16 kHz, mono, out of what a microphone gives at its own rate. */
export class CaptureFramer {
  readonly #resampler: Resampler;
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;

  constructor(inputRate: number) {
    this.#resampler = new Resampler(inputRate, CAPTURE_RATE);
  }

  /** @param channels the same stretch of time of each channel; they are averaged */
  push(channels: readonly Float32Array[]): Int16Array<ArrayBuffer>[] {
    const frames: Int16Array<ArrayBuffer>[] = [];
    const samples = this.#resampler.process(mono(channels));
    for (const sample of samples) {
      this.#frame[this.#filled++] = sample;
      if (this.#filled === FRAME_SAMPLES) {
        frames.push(toInt16(this.#frame));
        this.#filled = 0;
      }
    }
    return frames;
  }
}

function mono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  if (channels.length === 1) return first;
  return first.map((_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length);
}
