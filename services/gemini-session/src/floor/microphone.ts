import { VoiceActivity, samplesOf } from '@studio/audio';

export const MICROPHONE_RATE = 16_000;
const BYTES_PER_MS = (MICROPHONE_RATE * 2) / 1000;
/** This much speech, counted in 20 ms, is somebody who wants to say something; a click is shorter. */
const ONSET_MS = 80;

export interface MicrophoneOptions {
  /** Silence that ends what is being said. */
  releaseMs: number;
  /** Audio kept of a silent microphone: what comes before a voice is noticed. */
  preRollMs: number;
  /** Audio kept of somebody who speaks while another has the floor. */
  backlogMs: number;
}

/** One microphone of the room: whether somebody speaks into it, and the newest of what Gemini has not been given. */
export class Microphone {
  /** When the last frame came, on the caller's clock. */
  heardAt = 0;
  private readonly options: MicrophoneOptions;
  private readonly voice: VoiceActivity;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;

  constructor(options: MicrophoneOptions) {
    this.options = options;
    this.voice = new VoiceActivity({
      sampleRate: MICROPHONE_RATE,
      onsetMs: ONSET_MS,
      releaseMs: options.releaseMs,
    });
  }

  get speaking(): boolean {
    return this.voice.active;
  }

  /** Listens to the next frame. The frame is not kept. */
  listen(pcm: Uint8Array): void {
    this.voice.push(samplesOf(pcm));
  }

  /** Keeps a copy of a frame that Gemini is not given now; the oldest is forgotten. */
  keep(pcm: Uint8Array): void {
    this.kept.push(pcm.slice());
    this.keptBytes += pcm.byteLength;
    const mostMs = this.speaking ? this.options.backlogMs : this.options.preRollMs;
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
    this.take();
  }
}
