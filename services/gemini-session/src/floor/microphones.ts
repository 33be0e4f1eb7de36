import { Microphone } from './microphone.ts';
import type { VoiceOptions } from './microphone.ts';

/** A microphone of which no frame comes for this long has vanished, milliseconds. */
export const VANISHED_MS = 1_000;

/** The microphones of a room that send, by their source. */
export class Microphones {
  private options: VoiceOptions;
  private readonly bySource = new Map<number, Microphone>();

  constructor(options: VoiceOptions) {
    this.options = options;
  }

  /** Tells speech from silence in another way, from what is said next on. */
  tune(options: VoiceOptions): void {
    this.options = options;
    for (const microphone of this.bySource.values()) microphone.tune(options);
  }

  at(source: number): Microphone {
    let microphone = this.bySource.get(source);
    if (microphone === undefined) {
      microphone = new Microphone(this.options);
      this.bySource.set(source, microphone);
    }
    return microphone;
  }

  remove(source: number): void {
    this.bySource.delete(source);
  }

  /** Ends what was being said into those that have vanished. */
  tick(now: number): void {
    for (const microphone of this.bySource.values())
      if (now - microphone.heardAt >= VANISHED_MS) microphone.pause();
  }
}
