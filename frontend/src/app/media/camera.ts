import { Service, inject, signal } from '@angular/core';
import { deviceProblem } from './device-problem.ts';
import { Devices } from './devices.ts';
import { MediaPreferences } from './media-preferences.ts';
import { openDevice } from './open-device.ts';

/** The camera of this machine. */
@Service()
export class Camera {
  readonly #devices = inject(Devices);
  readonly #preferences = inject(MediaPreferences);
  readonly #stream = signal<MediaStream | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #starting = signal(false);
  #generation = 0;

  /** Undefined when it is off. */
  readonly stream = this.#stream.asReadonly();
  readonly starting = this.#starting.asReadonly();
  /** Why it is off although it was wanted. */
  readonly problem = this.#problem.asReadonly();

  /** Opens the chosen camera, again if it is open. Never rejects: see {@link problem}. */
  async start(): Promise<void> {
    this.stop();
    const generation = ++this.#generation;
    this.#starting.set(true);
    this.#problem.set(undefined);
    try {
      const stream = await openDevice('video', this.#preferences.cameraId(), {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 24 },
      });
      if (generation !== this.#generation) {
        stopTracks(stream);
        return;
      }
      for (const track of stream.getVideoTracks()) {
        track.addEventListener('ended', () => {
          if (this.#stream() !== stream) return;
          this.stop();
          this.#problem.set('The camera was disconnected.');
        });
      }
      this.#stream.set(stream);
      void this.#devices.refresh();
    } catch (error) {
      if (generation === this.#generation) this.#problem.set(deviceProblem('camera', error));
    } finally {
      if (generation === this.#generation) this.#starting.set(false);
    }
  }

  stop(): void {
    this.#generation++;
    this.#starting.set(false);
    const stream = this.#stream();
    this.#stream.set(undefined);
    if (stream) stopTracks(stream);
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
