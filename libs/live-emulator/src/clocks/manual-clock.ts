import type { Clock } from '../clock.ts';

interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/**
 * A clock that stands still until it is told to go on. What happens at a time happens in order, the network has its
 * turn in between, and nothing that happens meanwhile moves the clock.
 */
export class ManualClock implements Clock {
  #now: number;
  /** By the time they are due; of equal ones the earlier made is first. */
  #timers: Timer[] = [];
  #advancing: Promise<void> = Promise.resolve();

  /** @param now where it begins, in milliseconds since the Unix epoch */
  constructor(now = Date.now()) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { dueAt: this.#now + Math.max(0, ms), task };
    const later = this.#timers.findIndex(({ dueAt }) => dueAt > timer.dueAt);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at !== -1) this.#timers.splice(at, 1);
    };
  }

  /** Goes on by so many milliseconds. Resolves when everything due by then has happened; a second call waits for the first. */
  advance(ms: number): Promise<void> {
    const advance = () => this.#goTo(this.#now + ms);
    this.#advancing = this.#advancing.then(advance, advance);
    return this.#advancing;
  }

  async #goTo(target: number): Promise<void> {
    for (let next = this.#timers[0]; next && next.dueAt <= target; next = this.#timers[0]) {
      this.#timers.shift();
      this.#now = next.dueAt;
      next.task();
      // Lets promises and what the network has brought run before time goes on.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#now = target;
  }
}
