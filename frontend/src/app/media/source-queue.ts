import { Resampler, toFloat32 } from '@studio/audio';

/** How one source is queued; all times in milliseconds of audio. */
export interface QueuePolicy {
  /** So much is collected before it is played: it absorbs the jitter of the network. Doubles each time it was too little … */
  readonly delayMs: number;
  /** … but not above this. */
  readonly mostDelayMs: number;
  /** When more than this waits, the oldest goes … */
  readonly limitMs: number;
  /** … until this is left, or the delay if that is more. */
  readonly keepMs: number;
}

/** A person is heard live: rather a skip than a voice that lags behind ever more. */
export const PERSON: QueuePolicy = { delayMs: 60, mostDelayMs: 240, limitMs: 400, keepMs: 60 };
/** Gemini's answers arrive faster than they are spoken: a whole one is held, 3 minutes in 8.6 MB. */
export const GEMINI: QueuePolicy = { delayMs: 100, mostDelayMs: 400, limitMs: 180_000, keepMs: 180_000 };

/** Every begin and end that is not the sound's own is faded over this, so that it does not click. */
const FADE_MS = 5;
/** What stays below the delay and has no successor is played after this many delays all the same. */
const PATIENCE = 2;

/** What is left of a level at the next look: at 15 looks a second it bridges the gaps between words. */
const LEVEL_FALL = 0.75;
const INAUDIBLE = 0.001;

/** One source of sound on its way to the loudspeaker: collects, resamples, plays, and collects anew after it ran dry. */
export class SourceQueue {
  readonly #policy: QueuePolicy;
  readonly #inputRate: number;
  readonly #outputRate: number;
  readonly #resampler: Resampler;
  readonly #fadeStep: number;
  #chunks: Int16Array[] = [];
  /** Samples in `#chunks`. */
  #queued = 0;
  /** Resampled and not played yet, from `#at` on. */
  #ready = new Float32Array(0);
  #at = 0;
  #delayMs: number;
  #playing = false;
  #ended = false;
  #waitedFrames = 0;
  #gain = 0;
  /** What was played last, for letting it fade when nothing follows. */
  #last = 0;
  #squares = 0;
  #frames = 0;
  #level = 0;

  constructor(inputRate: number, outputRate: number, policy: QueuePolicy) {
    this.#policy = policy;
    this.#delayMs = policy.delayMs;
    this.#inputRate = inputRate;
    this.#outputRate = outputRate;
    this.#resampler = new Resampler(inputRate, outputRate);
    this.#fadeStep = 1_000 / (FADE_MS * outputRate);
  }

  get inputRate(): number {
    return this.#inputRate;
  }

  /** How much audio waits, in milliseconds. */
  get queuedMs(): number {
    return (this.#queued / this.#inputRate + (this.#ready.length - this.#at) / this.#outputRate) * 1_000;
  }

  /** @param end nothing follows for now: what waits need not wait for more */
  push(samples: Int16Array, end: boolean): void {
    this.#ended = end;
    if (samples.length > 0) {
      this.#chunks.push(samples);
      this.#queued += samples.length;
    }
    if (this.queuedMs > this.#policy.limitMs) this.#trim();
  }

  /** Throws away what waits; what is sounding fades out within 5 ms. */
  flush(): void {
    const rest = this.#playing ? this.#fadeOut() : new Float32Array(0);
    this.#clear();
    this.#ready = rest;
  }

  /** Adds the next samples of this source to what is in `out`. */
  mixInto(out: Float32Array): void {
    this.#frames += out.length;
    let done = 0;
    if (this.#playing || this.#mayStart(out.length)) {
      while (done < out.length && this.#refill()) done = this.#copy(out, done);
      if (done < out.length) this.#ranDry();
    }
    this.#decay(out, done);
  }

  /** Root mean square, 0 to 1, of what was played since the last call; it rises at once and falls slowly. */
  takeLevel(): number {
    const level = this.#frames === 0 ? 0 : Math.sqrt(this.#squares / this.#frames);
    this.#squares = 0;
    this.#frames = 0;
    this.#level = Math.max(level, this.#level * LEVEL_FALL);
    if (this.#level < INAUDIBLE) this.#level = 0;
    return this.#level;
  }

  #mayStart(frames: number): boolean {
    const waiting = this.queuedMs;
    if (waiting === 0) return false;
    this.#waitedFrames += frames;
    const waitedMs = (this.#waitedFrames / this.#outputRate) * 1_000;
    if (waiting < this.#delayMs && !this.#ended && waitedMs < PATIENCE * this.#delayMs) return false;
    this.#playing = true;
    this.#gain = 0;
    return true;
  }

  /** Makes sure that something is ready; false when nothing is left. */
  #refill(): boolean {
    while (this.#at === this.#ready.length) {
      const chunk = this.#chunks.shift();
      if (!chunk) return false;
      this.#queued -= chunk.length;
      this.#ready = this.#resampler.process(toFloat32(chunk));
      this.#at = 0;
    }
    return true;
  }

  #copy(out: Float32Array, from: number): number {
    const count = Math.min(out.length - from, this.#ready.length - this.#at);
    for (let i = 0; i < count; i++) {
      if (this.#gain < 1) this.#gain = Math.min(1, this.#gain + this.#fadeStep);
      const sample = (this.#ready[this.#at + i] as number) * this.#gain;
      out[from + i] = (out[from + i] as number) + sample;
      this.#squares += sample * sample;
      this.#last = sample;
    }
    this.#at += count;
    return from + count;
  }

  /** Either all is said, or the delay was too little. */
  #ranDry(): void {
    const { delayMs, mostDelayMs } = this.#policy;
    this.#delayMs = this.#ended ? delayMs : Math.min(mostDelayMs, 2 * this.#delayMs);
    this.#playing = false;
    this.#waitedFrames = 0;
    this.#resampler.flush();
  }

  /** Lets the last sample run out instead of jumping to nothing. */
  #decay(out: Float32Array, from: number): void {
    for (let i = from; i < out.length && this.#last !== 0; i++) {
      this.#last *= 1 - 4 * this.#fadeStep;
      if (Math.abs(this.#last) < 1e-4) this.#last = 0;
      out[i] = (out[i] as number) + this.#last;
    }
  }

  /** The next 5 ms, getting silent. */
  #fadeOut(): Float32Array<ArrayBuffer> {
    const faded = new Float32Array(Math.round((FADE_MS / 1_000) * this.#outputRate));
    let done = 0;
    while (done < faded.length && this.#refill()) done = this.#copy(faded, done);
    for (let i = 0; i < faded.length; i++) faded[i] = (faded[i] as number) * (1 - (i + 1) / faded.length);
    return faded.subarray(0, done);
  }

  #clear(): void {
    this.#delayMs = this.#policy.delayMs;
    this.#chunks = [];
    this.#queued = 0;
    this.#at = 0;
    this.#ready = new Float32Array(0);
    this.#resampler.flush();
  }

  #trim(): void {
    const surplusMs = this.queuedMs - Math.max(this.#policy.keepMs, this.#delayMs);
    let surplus = Math.round((surplusMs / 1_000) * this.#inputRate);
    while (surplus > 0) {
      const chunk = this.#chunks[0];
      if (!chunk) break;
      if (chunk.length <= surplus) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(surplus);
      const dropped = Math.min(chunk.length, surplus);
      this.#queued -= dropped;
      surplus -= dropped;
    }
    this.#gain = 0;
  }
}
