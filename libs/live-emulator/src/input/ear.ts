import type { ActivityDetection } from '../session/settings.ts';
import { invalidArgument } from '../session/refusal.ts';
import { ActivityMeter } from './activity.ts';
import type { ActivityEvent } from './activity-detector.ts';
import { ActivityDetector } from './activity-detector.ts';
import type { Pcm } from './pcm.ts';
import { SLICE_MS, Slicer } from './slices.ts';

/** Below this a slice marked as activity by the client carries no speech, in dBFS. */
const AUDIBLE_DBFS = -55;

/** Turns microphone audio into activities, by detection or by the client's own marks. */
export class Ear {
  readonly #slicer = new Slicer();
  readonly #detector: ActivityDetector | null;
  #marked: ActivityMeter | null = null;
  #slices = 0;

  constructor(detection: ActivityDetection | null) {
    this.#detector = detection ? new ActivityDetector(detection) : null;
  }

  /** How much audio came in, silence included, in milliseconds. */
  get offsetMs(): number {
    return this.#slices * SLICE_MS;
  }

  /** Whether nothing is under way that is, or may become, an activity. */
  get isIdle(): boolean {
    return this.#detector?.isIdle ?? this.#marked === null;
  }

  hear(pcm: Pcm): ActivityEvent[] {
    const levels = this.#slicer.push(pcm);
    this.#slices += levels.length;
    const detector = this.#detector;
    if (detector) return levels.flatMap((dbfs) => detector.push(dbfs));
    for (const dbfs of levels) this.#marked?.add(dbfs, dbfs > AUDIBLE_DBFS);
    return [];
  }

  /**
   * The microphone went off: speech under way ends here.
   * @throws Refusal where detection is off.
   */
  endStream(): ActivityEvent[] {
    if (!this.#detector) {
      throw invalidArgument(
        'audio_stream_end is not supported when automatic activity detection is disabled.',
      );
    }
    return this.#detector.flush();
  }

  /** @throws Refusal where detection is on, or when activity has already begun. */
  markStart(): ActivityEvent[] {
    this.#refuseMarks();
    if (this.#marked) throw invalidArgument();
    const { offsetMs } = this;
    this.#marked = new ActivityMeter(offsetMs);
    return [{ type: 'start', offsetMs }];
  }

  /** @throws Refusal where detection is on, or when no activity has begun. */
  markEnd(): ActivityEvent[] {
    this.#refuseMarks();
    if (!this.#marked) throw invalidArgument();
    const activity = this.#marked.finish();
    this.#marked = null;
    return [{ type: 'end', activity }];
  }

  #refuseMarks(): void {
    if (this.#detector) {
      throw invalidArgument(
        'Explicit activity control is not supported when automatic activity detection is enabled.',
      );
    }
  }
}
