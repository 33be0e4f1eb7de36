import type { PlaybackCommand, PlaybackLevels } from './playback-messages.ts';
import { PlaybackMixer } from './playback-mixer.ts';

const LEVELS_PER_SECOND = 15;

class PlaybackProcessor extends AudioWorkletProcessor {
  readonly #mixer = new PlaybackMixer(sampleRate);
  #framesToLevels = 0;
  #silent = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<PlaybackCommand>) => {
      this.#obey(data);
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (!out) return true;
    this.#mixer.mix(out);
    this.#framesToLevels -= out.length;
    if (this.#framesToLevels <= 0) {
      this.#framesToLevels += sampleRate / LEVELS_PER_SECOND;
      this.#tellLevels(this.#mixer.takeLevels());
    }
    return true;
  }

  #obey(command: PlaybackCommand): void {
    switch (command.type) {
      case 'push':
        this.#mixer.push(command.source, command.voice, command.rate, command.samples, command.end);
        break;
      case 'flush':
        this.#mixer.flush(command.source);
        break;
      case 'forget':
        this.#mixer.forget(command.source);
        break;
    }
  }

  /** Silence is told once, then not again. */
  #tellLevels(levels: PlaybackLevels): void {
    const silent = levels.every(([, level]) => level === 0);
    if (!silent || !this.#silent) this.port.postMessage(levels);
    this.#silent = silent;
  }
}

registerProcessor('playback', PlaybackProcessor);
