import type { ActivityDetection } from '../session/settings.ts';
import type { Activity } from './activity.ts';
import { ActivityMeter } from './activity.ts';
import { SLICE_MS } from './slices.ts';

export type ActivityEvent =
  | { readonly type: 'start'; readonly offsetMs: number }
  | { readonly type: 'end'; readonly activity: Activity };

/** How far above the noise speech must rise, and the level below which nothing is speech, in decibels. */
const START = {
  high: { marginDb: 10, leastDbfs: -48 },
  low: { marginDb: 16, leastDbfs: -40 },
} as const;
/**
 * How far below the start threshold, and how far below the level of the speech before it, sound may fall and still be
 * speech: a quick end, or a patient one.
 */
const HOLD = {
  high: { belowStartDb: 4, belowSpeechDb: 18 },
  low: { belowStartDb: 9, belowSpeechDb: 28 },
} as const;
/** How quickly the level of the speech is followed: up by this part a slice, down by so much. */
const SPEECH_RISE = 0.3;
const SPEECH_FALL_DB = 0.06;
/** A pause this short, as inside a word, does not make speech begin anew. */
const BRIDGE_MS = 200;

const FIRST_NOISE_DBFS = -60;
const NOISE_FALL = 0.1;
/** Less than any microphone's noise: the sound is switched off, which says nothing of the noise. */
const SWITCHED_OFF_DBFS = -85;
const NOISE_RISE_DB = 0.1;
/** Sound that never falls for so long is noise, since speech falls to the noise between words. */
const STEADY_MS = 5000;

/** Finds speech by its energy above a noise level that it follows. Its time is the time of the audio. */
export class ActivityDetector {
  readonly #settings: ActivityDetection;
  #slices = 0;
  #noiseDbfs = FIRST_NOISE_DBFS;
  #steadyMs = 0;
  #steadyDbfs = 0;
  #speechDbfs = 0;
  #meter: ActivityMeter | null = null;
  #committed = false;
  #speechMs = 0;
  #quietSlices = 0;

  constructor(settings: ActivityDetection) {
    this.#settings = settings;
  }

  /** Whether the sound is no speech at the moment, not even the beginning of it. */
  get isIdle(): boolean {
    return this.#meter === null;
  }

  /** Takes the level of the next slice. */
  push(dbfs: number): ActivityEvent[] {
    const offsetMs = this.#slices * SLICE_MS;
    this.#slices += 1;
    const speech = dbfs >= this.#threshold();
    this.#followNoise(dbfs);
    if (!this.#meter) {
      if (!speech) return [];
      this.#meter = new ActivityMeter(offsetMs);
      this.#speechMs = 0;
      this.#speechDbfs = dbfs;
    }
    const above = dbfs - this.#speechDbfs;
    this.#speechDbfs += above > 0 ? above * SPEECH_RISE : -SPEECH_FALL_DB;
    this.#meter.add(dbfs, speech);
    this.#quietSlices = speech ? 0 : this.#quietSlices + 1;
    if (speech) this.#speechMs += SLICE_MS;
    return this.#committed ? this.#endAfterSilence() : this.#startAfterPrefix(offsetMs);
  }

  /** The stream ends: so does the speech in it. */
  flush(): ActivityEvent[] {
    return this.#meter && this.#committed ? [this.#end(this.#meter)] : this.#forget();
  }

  #threshold(): number {
    const { startSensitivity, endSensitivity } = this.#settings;
    const { marginDb, leastDbfs } = START[startSensitivity];
    const start = Math.max(this.#noiseDbfs + marginDb, leastDbfs);
    if (!this.#meter) return start;
    const { belowStartDb, belowSpeechDb } = HOLD[endSensitivity];
    return Math.max(start - belowStartDb, this.#speechDbfs - belowSpeechDb);
  }

  #followNoise(dbfs: number): void {
    if (dbfs < SWITCHED_OFF_DBFS) {
      this.#steadyMs = 0;
      return;
    }
    const above = dbfs - this.#noiseDbfs;
    if (above < 0) this.#noiseDbfs += above * NOISE_FALL;
    else if (!this.#meter) this.#noiseDbfs += Math.min(above, NOISE_RISE_DB);
    const steady = this.#meter !== null && dbfs >= this.#threshold();
    this.#steadyDbfs = steady && this.#steadyMs > 0 ? Math.min(this.#steadyDbfs, dbfs) : dbfs;
    this.#steadyMs = steady ? this.#steadyMs + SLICE_MS : 0;
    if (this.#steadyMs >= STEADY_MS) this.#noiseDbfs = this.#steadyDbfs;
  }

  #startAfterPrefix(offsetMs: number): ActivityEvent[] {
    if (this.#quietSlices * SLICE_MS > BRIDGE_MS) return this.#forget();
    if (this.#speechMs < Math.max(SLICE_MS, this.#settings.prefixPaddingMs)) return [];
    this.#committed = true;
    return [{ type: 'start', offsetMs }];
  }

  #endAfterSilence(): ActivityEvent[] {
    if (!this.#meter || this.#quietSlices * SLICE_MS < Math.max(SLICE_MS, this.#settings.silenceDurationMs)) {
      return [];
    }
    return [this.#end(this.#meter)];
  }

  #end(meter: ActivityMeter): ActivityEvent {
    const activity = meter.finish(this.#quietSlices);
    this.#forget();
    return { type: 'end', activity };
  }

  #forget(): [] {
    this.#meter = null;
    this.#committed = false;
    this.#quietSlices = 0;
    return [];
  }
}
