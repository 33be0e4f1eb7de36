import { Service, inject, signal } from '@angular/core';
import { AudioEngine } from './audio-engine.ts';
import { deviceProblem } from './device-problem.ts';
import { Devices } from './devices.ts';
import { MediaPreferences } from './media-preferences.ts';
import { openDevice } from './open-device.ts';
import { CAPTURE_WORKLET } from './worklet-urls.ts';

/** The level is told this often per second at most. */
const LEVELS_PER_SECOND = 17;

/** The microphone of this machine as frames of 20 ms, 16 kHz, 16 bit, mono. */
@Service()
export class Microphone {
  readonly #engine = inject(AudioEngine);
  readonly #devices = inject(Devices);
  readonly #preferences = inject(MediaPreferences);
  readonly #state = signal<'off' | 'starting' | 'on'>('off');
  readonly #muted = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #level = signal(0);
  readonly #listeners = new Set<(samples: Int16Array<ArrayBuffer>) => void>();
  #stream: MediaStream | undefined;
  #nodes: AudioNode[] = [];
  #levelTold = 0;
  /** Changes with every start and stop: what belongs to an older one is dropped. */
  #generation = 0;

  readonly state = this.#state.asReadonly();
  /** A muted microphone stays open, so that it is back at once, and gives silence that nobody is sent. */
  readonly muted = this.#muted.asReadonly();
  /** Why it is off although it was wanted. */
  readonly problem = this.#problem.asReadonly();
  /** Root mean square, 0 to 1. */
  readonly level = this.#level.asReadonly();

  /** Adds a listener for frames; the answer removes it. */
  onFrame(listener: (samples: Int16Array<ArrayBuffer>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens the chosen microphone, again if it is open. Never rejects: see {@link problem}. */
  async start(): Promise<void> {
    this.stop();
    const generation = ++this.#generation;
    this.#state.set('starting');
    this.#problem.set(undefined);
    try {
      // Before the device, so that its first moment is captured already.
      await this.#engine.load(CAPTURE_WORKLET);
      if (generation !== this.#generation) return;
      const stream = await this.#open();
      if (generation !== this.#generation) {
        stop(stream);
        return;
      }
      this.#stream = stream;
      this.#applyMute();
      this.#connect(stream);
      this.#state.set('on');
      void this.#devices.refresh();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.stop();
      this.#problem.set(deviceProblem('microphone', error));
    }
  }

  stop(): void {
    this.#generation++;
    for (const node of this.#nodes) node.disconnect();
    this.#nodes = [];
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
    this.#state.set('off');
    this.#level.set(0);
  }

  setMuted(muted: boolean): void {
    this.#muted.set(muted);
    this.#applyMute();
    if (muted) this.#level.set(0);
  }

  #open(): Promise<MediaStream> {
    const processing = this.#preferences.voiceProcessing();
    return openDevice('audio', this.#preferences.microphoneId(), {
      channelCount: { ideal: 1 },
      echoCancellation: processing,
      noiseSuppression: processing,
      autoGainControl: processing,
    });
  }

  #applyMute(): void {
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !this.#muted();
  }

  #connect(stream: MediaStream): void {
    const { context } = this.#engine;
    const microphone = context.createMediaStreamSource(stream);
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      this.#receive(new Int16Array(data));
    };
    microphone.connect(capture);
    this.#nodes = [microphone, capture];
    for (const track of stream.getAudioTracks()) {
      track.addEventListener('ended', () => {
        if (this.#stream !== stream) return;
        this.stop();
        this.#problem.set('The microphone was disconnected.');
      });
    }
  }

  #receive(samples: Int16Array<ArrayBuffer>): void {
    if (this.#muted()) return;
    const now = performance.now();
    if (now - this.#levelTold >= 1_000 / LEVELS_PER_SECOND) {
      this.#levelTold = now;
      this.#level.set(rms(samples));
    }
    for (const listener of this.#listeners) listener(samples);
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function rms(samples: Int16Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / Math.max(1, samples.length)) / 32_768;
}
