import type { Timing } from './timing.ts';

export interface HeartbeatHandlers {
  ping(): void;
  /** Nothing was heard for `unheardMs`. */
  onUnheard(): void;
  /** After {@link onUnheard}: something was. */
  onHeardAgain(): void;
  /** Nothing was heard for `cutMs`. */
  onDead(): void;
}

/** Pings the other side, and finds out when nothing is heard of it. */
export class Heartbeat {
  private readonly interval: ReturnType<typeof setInterval>;
  private readonly checkMs: number;
  private heardAt = performance.now();
  private checkedAt = performance.now();
  private pingedAt = performance.now();
  private silent = false;

  constructor(
    private readonly timing: Timing,
    private readonly handlers: HeartbeatHandlers,
  ) {
    this.checkMs = timing.pingIntervalMs / 3;
    this.interval = setInterval(() => {
      this.check(performance.now());
    }, this.checkMs);
  }

  /** Nothing has been heard for so long that the others were told. */
  get unheard(): boolean {
    return this.silent;
  }

  heard(): void {
    this.heardAt = performance.now();
    if (!this.silent) return;
    this.silent = false;
    this.handlers.onHeardAgain();
  }

  stop(): void {
    clearInterval(this.interval);
  }

  private check(now: number): void {
    const { pingIntervalMs, unheardMs, cutMs } = this.timing;
    // This process has stood still: what was sent to it meanwhile has not been read yet.
    const missed = now - this.checkedAt - this.checkMs;
    if (missed > this.checkMs) this.heardAt += missed;
    this.checkedAt = now;
    const silence = now - this.heardAt;
    if (silence >= cutMs) this.handlers.onDead();
    else if (silence >= unheardMs && !this.silent) {
      this.silent = true;
      this.handlers.onUnheard();
    }
    // A little early rather than an interval of checks late.
    if (now - this.pingedAt < pingIntervalMs - this.checkMs / 2) return;
    this.pingedAt = now;
    this.handlers.ping();
  }
}
