import type { FloorAction } from './floor-action.ts';
import { Microphone } from './microphone.ts';
import type { MicrophoneOptions } from './microphone.ts';

export interface OpenFloorOptions extends MicrophoneOptions {
  /** A holder of whom no frame comes for this long has vanished. */
  vanishedMs: number;
}

export const OPEN_FLOOR: OpenFloorOptions = {
  releaseMs: 700,
  preRollMs: 400,
  backlogMs: 5_000,
  vanishedMs: 1_000,
};

const NOTHING: readonly FloorAction[] = [];

/**
 * The floor policy `open`: who speaks first holds the floor until they are silent, and only they are heard by Gemini. Whoever speaks
 * meanwhile gets it next, from their first word on when they began at most `backlogMs` ago. Pure: time comes from the caller, in
 * milliseconds of any monotonic clock.
 */
export class OpenFloor {
  private readonly options: OpenFloorOptions;
  private readonly microphones = new Map<number, Microphone>();
  private held: number | undefined;

  constructor(options: OpenFloorOptions = OPEN_FLOOR) {
    this.options = options;
  }

  /** The source number of who is heard by Gemini now. */
  get holder(): number | undefined {
    return this.held;
  }

  /** One frame of 16 kHz PCM of a microphone. The audio in the answer is valid as long as `pcm` is. */
  frame(source: number, pcm: Uint8Array, now: number): readonly FloorAction[] {
    const microphone = this.microphone(source);
    microphone.heardAt = now;
    microphone.listen(pcm);
    if (this.held === source) {
      const audio: FloorAction = { type: 'audio', pcm };
      return microphone.speaking ? [audio] : [audio, ...this.release()];
    }
    microphone.keep(pcm);
    return this.held === undefined && microphone.speaking ? this.give(source, microphone) : NOTHING;
  }

  /** The microphone was muted, its connection has gone, or it has nothing to send for now. */
  remove(source: number): readonly FloorAction[] {
    this.microphones.get(source)?.pause();
    this.microphones.delete(source);
    return this.held === source ? this.release() : NOTHING;
  }

  /** To be called a few times per second: notices a holder who has vanished. */
  tick(now: number): readonly FloorAction[] {
    for (const [source, microphone] of this.microphones) {
      if (now - microphone.heardAt < this.options.vanishedMs) continue;
      if (source === this.held) return this.remove(source);
      microphone.pause();
    }
    return NOTHING;
  }

  private microphone(source: number): Microphone {
    let microphone = this.microphones.get(source);
    if (microphone === undefined) {
      microphone = new Microphone(this.options);
      this.microphones.set(source, microphone);
    }
    return microphone;
  }

  private give(source: number, microphone: Microphone): FloorAction[] {
    this.held = source;
    const audio = microphone.take().map((pcm): FloorAction => ({ type: 'audio', pcm }));
    return [{ type: 'activityStart', source }, ...audio];
  }

  /** Somebody who speaks already gets the floor with their next frame. */
  private release(): FloorAction[] {
    this.held = undefined;
    return [{ type: 'activityEnd' }];
  }
}
