import { Service, effect, inject, signal } from '@angular/core';
import { AudioEngine } from './audio-engine.ts';
import { MediaPreferences } from './media-preferences.ts';
import type { PlaybackCommand, PlaybackLevels } from './playback-messages.ts';
import { PLAYBACK_WORKLET } from './worklet-urls.ts';

/** Volume changes take this long, in seconds, so that they do not crackle. */
const VOLUME_RAMP_S = 0.02;

/** Plays what comes from the room. */
@Service()
export class Speaker {
  readonly #engine = inject(AudioEngine);
  readonly #preferences = inject(MediaPreferences);
  readonly #levels = signal<ReadonlyMap<number, number>>(new Map());
  #node: AudioWorkletNode | undefined;
  #gain: GainNode | undefined;

  /** How loud each source is now, as RMS from 0 to 1, brought up to date about 15 times a second. */
  readonly levels = this.#levels.asReadonly();

  constructor() {
    effect(() => this.#applyVolume(this.#preferences.volume()));
  }

  /** Rejects when the browser cannot play. */
  async start(): Promise<void> {
    if (this.#node) return;
    const { context } = this.#engine;
    await this.#engine.load(PLAYBACK_WORKLET);
    const node = new AudioWorkletNode(context, 'playback', { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<PlaybackLevels>) => this.#levels.set(new Map(data));
    const gain = context.createGain();
    gain.gain.value = this.#preferences.volume();
    node.connect(gain).connect(context.destination);
    this.#node = node;
    this.#gain = gain;
  }

  stop(): void {
    this.#node?.disconnect();
    this.#gain?.disconnect();
    this.#node = undefined;
    this.#gain = undefined;
    this.#levels.set(new Map());
  }

  /** While the browser does not let the page sound, nothing is queued: old words are not worth hearing later. */
  play(command: Extract<PlaybackCommand, { type: 'push' }>): void {
    if (this.#engine.running()) this.#node?.port.postMessage(command, [command.samples.buffer]);
  }

  /** What waits of this source is not played any more. */
  flush(source: number): void {
    this.#tell({ type: 'flush', source });
  }

  /** This source is gone. */
  forget(source: number): void {
    this.#tell({ type: 'forget', source });
  }

  #tell(command: PlaybackCommand): void {
    this.#node?.port.postMessage(command);
  }

  #applyVolume(volume: number): void {
    this.#gain?.gain.setTargetAtTime(volume, this.#engine.context.currentTime, VOLUME_RAMP_S);
  }
}
