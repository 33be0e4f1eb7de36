/**
 * When listeners will have heard what was sent to them: audio comes faster than it is played. Pure: time comes from the caller, in
 * milliseconds of any monotonic clock.
 */
export class PlaybackClock {
  private end = Number.NEGATIVE_INFINITY;

  /** The end of what has been sent so far. */
  get endsAt(): number {
    return this.end;
  }

  play(durationMs: number, now: number): void {
    this.end = Math.max(this.end, now) + durationMs;
  }

  /** Listeners have thrown away what they had not played. */
  stop(now: number): void {
    this.end = Math.min(this.end, now);
  }

  playing(now: number): boolean {
    return now < this.end;
  }
}
