import type { Clock } from '../clock.ts';
import { TimerQueue } from './timer-queue.ts';

/**
 * A clock that stands still until it is told to go on. What happens at a time happens in order, the network has its
 * turn in between, and nothing that happens meanwhile moves the clock.
 */
export class ManualClock implements Clock {
  readonly #queue = new TimerQueue();
  #now: number;
  #advancing: Promise<void> = Promise.resolve();

  /** @param now where it begins, in milliseconds since the Unix epoch */
  constructor(now = Date.now()) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    return this.#queue.add(this.#now + Math.max(0, ms), task);
  }

  /** Goes on by so many milliseconds. Resolves when everything due by then has happened; a second call waits for the first. */
  advance(ms: number): Promise<void> {
    const advance = () => this.#goTo(this.#now + ms);
    this.#advancing = this.#advancing.then(advance, advance);
    return this.#advancing;
  }

  async #goTo(target: number): Promise<void> {
    for (;;) {
      const dueAt = this.#queue.nextDueAt ?? Infinity;
      const task = this.#queue.takeDue(target);
      if (!task) break;
      this.#now = dueAt;
      task();
      // Lets promises and what the network has brought run before time goes on.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#now = target;
  }
}
