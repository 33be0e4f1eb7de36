import { VoiceActivity, samplesOf } from '@studio/audio';
import type { VoiceActivityOptions } from '@studio/audio';

export const MICROPHONE_RATE = 16_000;
const BYTES_PER_MS = (MICROPHONE_RATE * 2) / 1000;

/** How speech is told from silence. */
export type VoiceOptions = Omit<VoiceActivityOptions, 'sampleRate'>;

/** One microphone of the room: whether somebody speaks into it, and the newest of what Gemini has not been given. */
export class Microphone {
  /** When the last frame came, on the caller's clock. */
  heardAt = 0;
  private readonly voice: VoiceActivity;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;
  /** What is being said is not to be heard any more. */
  private hushed = false;

  constructor(options: VoiceOptions) {
    this.voice = new VoiceActivity({ sampleRate: MICROPHONE_RATE, ...options });
  }

  get speaking(): boolean {
    return this.voice.active && !this.hushed;
  }

  /** Listens to the next frame. The frame is not kept. */
  listen(pcm: Uint8Array, now: number): void {
    this.heardAt = now;
    this.voice.push(samplesOf(pcm));
    if (!this.voice.active) this.hushed = false;
  }

  /** Keeps a copy of a frame that Gemini is not given now, and of those before it what fits into `mostMs`. */
  keep(pcm: Uint8Array, mostMs: number): void {
    this.kept.push(pcm.slice());
    this.keptBytes += pcm.byteLength;
    for (let oldest = this.kept[0]; oldest !== undefined; oldest = this.kept[0]) {
      if (this.keptBytes - oldest.byteLength < mostMs * BYTES_PER_MS) break;
      this.keptBytes -= oldest.byteLength;
      this.kept.shift();
    }
  }

  /** Hands out what was kept, oldest first. */
  take(): Uint8Array[] {
    const kept = this.kept;
    this.kept = [];
    this.keptBytes = 0;
    return kept;
  }

  /** The stream has a hole: what was being said has ended. */
  pause(): void {
    this.voice.reset();
    this.hushed = false;
    this.take();
  }

  /** Does not count as speaking until there has been silence. */
  hush(): void {
    this.hushed = true;
  }
}
