/** A resumed connection that ends earlier than this did not really live. */
const QUICK_MS = 10_000;
const MOST_QUICK_ENDS = 2;

/** A resumption handle, which is good for one model only. */
export interface Handle {
  readonly handle: string;
  readonly model: string;
}

/**
 * The newest resumption handle, until it has failed twice in a row quickly: some handles lead into a session that dies at once, again and
 * again, and then only a new session helps.
 */
export class HandleTrust {
  private newest: Handle | undefined;
  private quickEnds = 0;

  /** The handle that a connection with this model can go on from. */
  for(model: string): string | undefined {
    return this.newest?.model === model ? this.newest.handle : undefined;
  }

  /** The service gave a handle out. */
  renew(handle: Handle | undefined): void {
    this.newest = handle;
  }

  /** A connection that was made with a handle has ended, or was refused (0 ms). True when the handle has been given up with this. */
  endedAfter(ms: number): boolean {
    if (this.newest === undefined) return false;
    this.quickEnds = ms < QUICK_MS ? this.quickEnds + 1 : 0;
    if (this.quickEnds < MOST_QUICK_ENDS) return false;
    this.quickEnds = 0;
    this.newest = undefined;
    return true;
  }
}
