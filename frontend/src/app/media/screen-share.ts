import { Service, signal } from '@angular/core';
import { deviceProblem, mediaDevices } from './device-problem.ts';

/** The screen, window or tab that this person shows. */
@Service()
export class ScreenShare {
  readonly #stream = signal<MediaStream | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);

  /** Undefined when nothing is shown. */
  readonly stream = this.#stream.asReadonly();
  /** Why nothing is shown although it was wanted; a person who closes the browser's question wanted nothing. */
  readonly problem = this.#problem.asReadonly();

  /** Lets the person choose. Never rejects: see {@link problem}. */
  async start(): Promise<void> {
    this.#problem.set(undefined);
    try {
      const stream = await mediaDevices().getDisplayMedia({
        video: { frameRate: { ideal: 5 } },
        audio: false,
      });
      this.stop();
      this.#stream.set(stream);
      // The browser has a button of its own that ends it.
      for (const track of stream.getVideoTracks()) {
        track.addEventListener('ended', () => {
          if (this.#stream() === stream) this.#stream.set(undefined);
        });
      }
    } catch (error) {
      const declined = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!declined) this.#problem.set(deviceProblem('screen', error));
    }
  }

  stop(): void {
    const stream = this.#stream();
    this.#stream.set(undefined);
    for (const track of stream?.getTracks() ?? []) track.stop();
  }
}
