import { Service, signal } from '@angular/core';

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

  /** Loads a worklet, once. */
  load(module: URL): Promise<void> {
    const known = this.#modules.get(module.href);
    if (known) return known;
    const loading = this.context.audioWorklet.addModule(module);
    this.#modules.set(module.href, loading);
    return loading;
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
