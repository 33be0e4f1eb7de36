import { VoiceActivity, samplesOf } from '@studio/audio';
import type { VoiceActivityOptions } from '@studio/audio';
import { MICROPHONE_RATE, RecentAudio } from './recent-audio.ts';

/** How speech is told from silence. */
export type VoiceOptions = Omit<VoiceActivityOptions, 'sampleRate'>;

/** One microphone of the room: whether somebody speaks into it, and the newest of what Gemini has not been given. */
export class Microphone {
  readonly kept = new RecentAudio();
  /** When the last frame came, on the caller's clock. */
  heardAt = 0;
  private voice: VoiceActivity;
  /** Other settings, which are for what is said next. */
  private tuning: VoiceOptions | undefined;
  /** What is being said is not to be heard any more. */
  private hushed = false;

  constructor(options: VoiceOptions) {
    this.voice = voiceActivity(options);
  }

  /** Tells speech from silence in another way as soon as nobody speaks. */
  tune(options: VoiceOptions): void {
    this.tuning = options;
  }

  get speaking(): boolean {
    return this.voice.active && !this.hushed;
  }

  /** Listens to the next frame. The frame is not kept. */
  listen(pcm: Uint8Array, now: number): void {
    this.heardAt = now;
    if (this.tuning !== undefined && !this.voice.active) {
      this.voice = voiceActivity(this.tuning);
      this.tuning = undefined;
    }
    this.voice.push(samplesOf(pcm));
    if (!this.voice.active) this.hushed = false;
  }

  /** The stream has a hole: what was being said has ended. */
  pause(): void {
    this.voice.reset();
    this.hushed = false;
    this.kept.take();
  }

  /** Does not count as speaking until there has been silence. */
  hush(): void {
    this.hushed = true;
  }
}

function voiceActivity(options: VoiceOptions): VoiceActivity {
  return new VoiceActivity({ sampleRate: MICROPHONE_RATE, ...options });
}
