/**
 * The bundler makes a file of its own only from what looks like a worker, by the letters `new Worker(new URL(…))`.
 * An audio worklet is none, so here the name stands for a class that keeps the address.
 */
class Worker {
  readonly url: URL;

  constructor(url: URL, _options: { type: 'module' }) {
    this.url = url;
  }
}

export const CAPTURE_WORKLET = new Worker(new URL('./capture.worklet', import.meta.url), { type: 'module' })
  .url;
export const PLAYBACK_WORKLET = new Worker(new URL('./playback.worklet', import.meta.url), { type: 'module' })
  .url;
