/** After so many failures in a row, or after failing for so long, people are told that Gemini cannot be reached; trying goes on. */
const MOST_FAILURES = 4;
const MOST_MS = 8_000;
/** After so many failures in a row a connection that never gets ready counts against its handle. */
const MOST_SLOW = 6;

/** How long failures in a row are borne in silence. Pure: time comes from the caller, in milliseconds. */
export class Patience {
  private count = 0;
  private since: number | undefined;

  /** In a row. */
  get failures(): number {
    return this.count;
  }

  /** Whether a connection that never gets ready is taken for one that is only slow. */
  get withSlow(): boolean {
    return this.count < MOST_SLOW;
  }

  failed(now: number): void {
    this.count++;
    this.since ??= now;
  }

  /** Whether people must be told. */
  over(now: number): boolean {
    return this.count >= MOST_FAILURES || (this.since !== undefined && now - this.since >= MOST_MS);
  }

  /** A connection has lived. */
  renew(): void {
    this.count = 0;
    this.since = undefined;
  }
}
