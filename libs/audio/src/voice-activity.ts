import { SILENCE_DBFS, rmsDbfs } from './level.ts';

export type Sensitivity = 'low' | 'medium' | 'high';

export interface VoiceActivityOptions {
  sampleRate: number;
  /** How far above the noise speech must be; default `medium`. */
  sensitivity?: Sensitivity;
  /** How soon softer sound counts as silence once somebody speaks: `high` takes a pause early, `low` waits; default `medium`. */
  endSensitivity?: Sensitivity;
  /** This much speech makes a start, milliseconds; default 60. */
  onsetMs?: number;
  /** This much silence makes an end, milliseconds; default 700. */
  releaseMs?: number;
  /** A start is dated this much before the first speech, milliseconds; default 0. */
  prefixMs?: number;
}

/** A change, and where in the stream it lies: milliseconds since the first sample. */
export interface VoiceTransition {
  type: 'start' | 'end';
  atMs: number;
}

/** The window over which energy is measured. */
const STEP_MS = 20;
/** The noise floor is the least level of this many buckets of this length: 5 s, longer than people talk without a gap between words. */
const BUCKETS = 10;
const BUCKET_MS = 500;
/** A quiet room, until something quieter or a lasting noise is heard: so that speech in the first frame is found. */
const FIRST_FLOOR_DBFS = -60;
/** Speech goes on until it is this much below the level that starts it, by the sensitivity for its end. */
const HYSTERESIS_DB: Record<Sensitivity, number> = { low: 9, medium: 5, high: 2 };

/** How far above the noise floor speech begins, and the level below which nothing counts as speech. */
const SENSITIVITY: Record<Sensitivity, { marginDb: number; leastDbfs: number }> = {
  low: { marginDb: 18, leastDbfs: -40 },
  medium: { marginDb: 12, leastDbfs: -46 },
  high: { marginDb: 8, leastDbfs: -52 },
};

/**
 * Tells speech from silence in one stream by its energy over an adaptive noise floor. A pure state machine: its only clock is the count
 * of samples, so it gives the same answer at any speed. A noise that lasts longer than 5 s becomes the floor.
 */
export class VoiceActivity {
  private readonly step: number;
  private readonly options: Required<VoiceActivityOptions>;
  /** Samples that did not fill a step yet. */
  private pending = new Int16Array(0);
  private readonly buckets: number[] = Array.from({ length: BUCKETS }, () => FIRST_FLOOR_DBFS);
  private bucketMs = 0;
  private bucketLeast = 0;
  private clockMs = 0;
  private speechMs = 0;
  private silenceMs = 0;
  private speaking = false;

  constructor(options: VoiceActivityOptions) {
    this.options = {
      sensitivity: 'medium',
      endSensitivity: 'medium',
      onsetMs: 60,
      releaseMs: 700,
      prefixMs: 0,
      ...options,
    };
    this.step = Math.max(1, Math.round((this.options.sampleRate * STEP_MS) / 1000));
  }

  get active(): boolean {
    return this.speaking;
  }

  /** The noise as it is assumed now, dB below full scale. */
  get noiseFloorDbfs(): number {
    return Math.min(this.bucketLeast, ...this.buckets);
  }

  /** Takes the next samples of the stream, as many as there are, and tells what changed in them, in order. */
  push(samples: Int16Array): VoiceTransition[] {
    const transitions: VoiceTransition[] = [];
    const stream = this.joinPending(samples);
    let at = 0;
    for (; at + this.step <= stream.length; at += this.step) {
      const transition = this.take(rmsDbfs(stream.subarray(at, at + this.step)));
      if (transition !== undefined) transitions.push(transition);
    }
    this.pending = stream.slice(at);
    return transitions;
  }

  /** Silence of unknown length: what was being said has ended, and the next speech must start anew. The noise floor is kept. */
  reset(): void {
    this.pending = new Int16Array(0);
    this.speaking = false;
    this.speechMs = 0;
    this.silenceMs = 0;
  }

  private joinPending(samples: Int16Array): Int16Array {
    if (this.pending.length === 0) return samples;
    const stream = new Int16Array(this.pending.length + samples.length);
    stream.set(this.pending);
    stream.set(samples, this.pending.length);
    return stream;
  }

  private take(level: number): VoiceTransition | undefined {
    const { sensitivity, endSensitivity } = this.options;
    const { marginDb, leastDbfs } = SENSITIVITY[sensitivity];
    const startLevel = Math.max(this.noiseFloorDbfs + marginDb, leastDbfs);
    this.learnNoise(level);
    this.clockMs += STEP_MS;
    return this.speaking
      ? this.takeSpeaking(level >= startLevel - HYSTERESIS_DB[endSensitivity])
      : this.takeSilent(level >= startLevel);
  }

  private takeSilent(speech: boolean): VoiceTransition | undefined {
    // A gap inside a word takes back as much as it lasts; it does not begin the count anew.
    this.speechMs = speech ? this.speechMs + STEP_MS : Math.max(0, this.speechMs - STEP_MS);
    if (this.speechMs < this.options.onsetMs || !speech) return undefined;
    const atMs = Math.max(0, this.clockMs - this.speechMs - this.options.prefixMs);
    this.speaking = true;
    this.silenceMs = 0;
    return { type: 'start', atMs };
  }

  private takeSpeaking(speech: boolean): VoiceTransition | undefined {
    this.silenceMs = speech ? 0 : this.silenceMs + STEP_MS;
    if (this.silenceMs < this.options.releaseMs || speech) return undefined;
    this.speaking = false;
    this.speechMs = 0;
    return { type: 'end', atMs: this.clockMs };
  }

  private learnNoise(level: number): void {
    this.bucketLeast = Math.min(this.bucketLeast, Math.max(level, SILENCE_DBFS));
    this.bucketMs += STEP_MS;
    if (this.bucketMs < BUCKET_MS) return;
    this.buckets.shift();
    this.buckets.push(this.bucketLeast);
    this.bucketMs = 0;
    this.bucketLeast = 0;
  }
}
