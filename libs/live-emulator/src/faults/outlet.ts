import type { Clock } from '../clock.ts';

interface Outgoing {
  readonly dueAt: number;
  readonly size: number;
  readonly write: () => void;
}

/** The way out of one connection: in order, late where it is told to be, shut while it is held. */
export class Outlet {
  readonly #clock: Clock;
  readonly #holders = new Set<string>();
  #queue: Outgoing[] = [];
  #waitingBytes = 0;
  #lastDueAt = 0;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isHeld(): boolean {
    return this.#holders.size > 0;
  }

  /** What waits here, in bytes. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Lets something out after what is before it, at the earliest after the delay, in milliseconds. */
  push(size: number, delayMs: number, write: () => void): void {
    if (delayMs === 0 && this.#queue.length === 0 && !this.isHeld) {
      write();
      return;
    }
    this.#lastDueAt = Math.max(this.#lastDueAt, this.#clock.now() + delayMs);
    this.#queue.push({ dueAt: this.#lastDueAt, size, write });
    this.#waitingBytes += size;
    this.#flush();
  }

  hold(holder: string): void {
    this.#holders.add(holder);
  }

  lift(holder: string): void {
    if (this.#holders.delete(holder)) this.#flush();
  }

  /** Nothing leaves any more. */
  discard(): void {
    this.#cancel();
    this.#queue = [];
    this.#waitingBytes = 0;
  }

  #flush(): void {
    this.#cancel();
    while (!this.isHeld) {
      const [next] = this.#queue;
      if (!next) return;
      const waitMs = next.dueAt - this.#clock.now();
      if (waitMs > 0) {
        this.#cancel = this.#clock.after(waitMs, () => this.#flush());
        return;
      }
      this.#queue.shift();
      this.#waitingBytes -= next.size;
      next.write();
    }
  }
}
