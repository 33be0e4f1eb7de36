import { GEMINI, PERSON, SourceQueue } from './source-queue.ts';

/** All sources of a room, mixed to what the loudspeaker plays. */
export class PlaybackMixer {
  readonly #outputRate: number;
  readonly #queues = new Map<number, SourceQueue>();

  constructor(outputRate: number) {
    this.#outputRate = outputRate;
  }

  /**
   * @param voice whether it is Gemini's voice, and not a person's microphone
   * @param end whether nothing follows for now
   */
  push(source: number, voice: boolean, rate: number, samples: Int16Array, end: boolean): void {
    let queue = this.#queues.get(source);
    if (queue?.inputRate !== rate) {
      queue = new SourceQueue(rate, this.#outputRate, voice ? GEMINI : PERSON);
      this.#queues.set(source, queue);
    }
    queue.push(samples, end);
  }

  /** What waits of this source is not played any more. */
  flush(source: number): void {
    this.#queues.get(source)?.flush();
  }

  forget(source: number): void {
    this.#queues.delete(source);
  }

  /** Fills `out` with the next samples of all sources together. */
  mix(out: Float32Array): void {
    out.fill(0);
    for (const queue of this.#queues.values()) queue.mixInto(out);
  }

  /** How loud each source was since the last call, as root mean square from 0 to 1. */
  takeLevels(): [source: number, level: number][] {
    return Array.from(this.#queues, ([source, queue]) => [source, queue.takeLevel()]);
  }
}
