import { Service, signal } from '@angular/core';
import { requireSecureContext } from './device-problem.ts';

/** The one audio context of the page. A browser lets it run only after the person has done something in the page. */
@Service()
export class AudioEngine {
  readonly #running = signal(false);
  #context: AudioContext | undefined;
  readonly #modules = new Map<string, Promise<void>>();

  /** Whether sound can be played and captured now. */
  readonly running = this.#running.asReadonly();

  /** At the device's own rate: a context of another rate cannot take a microphone in every browser. */
  get context(): AudioContext {
    if (!this.#context) {
      const context = new AudioContext({ latencyHint: 'interactive' });
      context.addEventListener('statechange', () => this.#running.set(context.state === 'running'));
      this.#running.set(context.state === 'running');
      this.#context = context;
      resumeOnGesture(context);
    }
    return this.#context;
  }

  /** To be called while a click is handled. */
  unlock(): void {
    // Pending for as long as the browser does not allow it, so nobody waits for it: `running` tells.
    void this.context.resume();
  }

  /** Loads a worklet, once. @throws Error when it cannot be loaded; the next call tries again */
  async load(module: URL): Promise<void> {
    requireSecureContext();
    const loading = this.#modules.get(module.href) ?? this.context.audioWorklet.addModule(module);
    this.#modules.set(module.href, loading);
    try {
      await loading;
    } catch (error) {
      this.#modules.delete(module.href);
      throw new Error('a part of this page could not be loaded. Check the connection, then try again.', {
        cause: error,
      });
    }
  }
}

/** Whatever the person does first in the page unlocks the sound. */
function resumeOnGesture(context: AudioContext): void {
  const gestures = ['pointerdown', 'keydown'] as const;
  const resume = () => {
    void context.resume();
    if (context.state !== 'running') return;
    for (const gesture of gestures) document.removeEventListener(gesture, resume, true);
  };
  for (const gesture of gestures) document.addEventListener(gesture, resume, true);
}
