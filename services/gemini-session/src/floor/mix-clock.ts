/** Blocks that are made up for at once after a late tick: what is late comes five times as fast, not as one burst. */
const MOST_AT_ONCE = 5;
/** After a hiccup of the process, what microphones sent meanwhile is waited for at most so many blocks. */
const MOST_WAIT = 10;

/**
 * Says how many blocks are due, by absolute time: the stream is never slower nor faster than real time, however late the ticks come. Pure:
 * time comes from the caller, in milliseconds of any monotonic clock.
 */
export class MixClock {
  private readonly blockMs: number;
  private readonly mostBehind: number;
  private startedAt: number | undefined;
  private done = 0;

  /** `mostBehindMs`: after a longer hole the process was paused, and nobody has heard that time. */
  constructor(blockMs: number, mostBehindMs: number) {
    this.blockMs = blockMs;
    this.mostBehind = Math.floor(mostBehindMs / blockMs);
  }

  get running(): boolean {
    return this.startedAt !== undefined;
  }

  start(now: number): void {
    this.startedAt = now;
    this.done = 0;
  }

  stop(): void {
    this.startedAt = undefined;
  }

  /** Blocks to be made now; they count as made. `ready`: how many can be made of what has come, which matters after a late tick only. */
  due(now: number, ready: number): number {
    if (this.startedAt === undefined) return 0;
    const behind = Math.floor((now - this.startedAt) / this.blockMs) - this.done;
    if (behind > this.mostBehind) this.done += behind - this.mostBehind;
    const possible = behind > 1 ? Math.max(ready, behind - MOST_WAIT) : 1;
    const blocks = Math.max(0, Math.min(behind, possible, MOST_AT_ONCE));
    this.done += blocks;
    return blocks;
  }
}
