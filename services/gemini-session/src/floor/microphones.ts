import { Microphone } from './microphone.ts';
import type { VoiceOptions } from './microphone.ts';

/**
 * A microphone of which no frame comes for this long has vanished, milliseconds: longer than the network, a browser or this process stands
 * still now and then. After that all frames come at once, and are still one speech; an owner that stands still for longer has lost its lease.
 */
export const VANISHED_MS = 3_000;

/** The microphones of a room that send, by their source. */
export class Microphones {
  private options: VoiceOptions;
  private readonly vanishedMs: number;
  private readonly bySource = new Map<number, Microphone>();

  /** `vanishedMs`: what was being said into a microphone ends when no frame has come for so long. */
  constructor(options: VoiceOptions, vanishedMs = VANISHED_MS) {
    this.options = options;
    this.vanishedMs = vanishedMs;
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
      if (now - microphone.heardAt >= this.vanishedMs) microphone.pause();
  }
}
