/** One entry of a log. `seq` begins with 1 and has no gaps; the oldest entries may have been dropped. */
export interface LogEntry {
  readonly seq: number;
  /** Idempotency key of the writer: 1 to 200 visible ASCII characters. */
  readonly key: string;
  readonly data: Uint8Array;
}

/** Somebody else has written since: the log's head is not the one that was expected. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
  /** The head as it is now. */
  readonly head: number;

  constructor(head: number) {
    super(`the log's head has moved to ${head}`);
    this.head = head;
  }
}

/** The log cannot be written or read now; whether an append took place is not known. */
export class LogUnavailableError extends Error {
  override readonly name = 'LogUnavailableError';
}

/**
 * Durable ordered logs, one per name (up to 64 characters of the base64url alphabet). What `append` has resolved is on disk, survives a crash of any
 * process, and is seen by every later `read` and `head`, in every process.
 */
export interface EventLog {
  /**
   * Appends one entry after `expectedHead` and resolves its sequence, `expectedHead + 1`: a compare-and-set.
   * The entry is durable when it resolves.
   * @throws HeadMovedError when the head is another; LogUnavailableError when the outcome is unknown or the store is away.
   */
  append(log: string, expectedHead: number, key: string, data: Uint8Array): Promise<number>;
  /**
   * Entries after `after` that are kept, in order and without a gap, at most `limit` of them; empty when there are none. It begins with
   * the oldest one that is kept when those before it were dropped.
   */
  read(log: string, after: number, limit: number): Promise<LogEntry[]>;
  /** Sequence of the newest entry, 0 when the log is empty or does not exist. */
  head(log: string): Promise<number>;
  /** Sequence of the oldest entry that is kept, 0 when the log is empty or does not exist. */
  first(log: string): Promise<number>;
  /**
   * Drops the entries with a sequence below `before`, for good, but never the newest one: head and the next sequence stay what they are,
   * and appends go on meanwhile. Nothing happens when there is nothing to drop.
   * @throws LogUnavailableError when the outcome is unknown; the same call may be made again
   */
  trim(log: string, before: number): Promise<void>;
  /** Removes the log and everything in it; nothing happens when it does not exist. A new one with this name begins with 1 again. */
  delete(log: string): Promise<void>;
  close(): Promise<void>;
}
