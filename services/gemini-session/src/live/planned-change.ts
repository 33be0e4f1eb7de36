import type { Clock } from '../clock.ts';

interface Planned {
  readonly cause: string;
  /** When it takes place at the latest. */
  readonly at: number;
  readonly cancel: () => void;
}

/**
 * A change of the connection that waits for a good moment, and takes place without one when its time is over. Of several causes the one
 * that can wait least decides: a service that has said when it will cut is not put off by other settings.
 */
export class PlannedChange {
  private readonly clock: Clock;
  private planned: Planned | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Why the connection is to be changed; undefined when it is not. */
  get cause(): string | undefined {
    return this.planned?.cause;
  }

  /** `change` is called after `withinMs`, unless it is cleared before. */
  plan(cause: string, withinMs: number, change: () => void): void {
    const at = this.clock.now() + withinMs;
    if (this.planned !== undefined && this.planned.at <= at) return;
    this.planned?.cancel();
    this.planned = { cause, at, cancel: this.clock.after(withinMs, change) };
  }

  /** The connection is gone. Tells why it was to be changed. */
  clear(): string | undefined {
    const { cause } = this;
    this.planned?.cancel();
    this.planned = undefined;
    return cause;
  }
}
