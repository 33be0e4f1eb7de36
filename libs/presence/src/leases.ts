/** The right to be the only one who does something, until it expires. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /**
   * Grows with every new holder of this name, and never falls: a store that remembers the highest refuses stale holders.
   * At least the milliseconds since the epoch, so that it grows even when the leases themselves were lost.
   */
  readonly token: number;
}

/** Everything rejects with `StoreUnavailableError` while the store is away. */
export interface Leases {
  /** The lease if it is free or expired, otherwise undefined. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** Milliseconds until it is free unless its holder renews it; 0 when it is free. */
  freeIn(name: string): Promise<number>;
  /** False when the lease has been lost; then the holder must stop at once. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Frees it when it is still held; nothing happens otherwise. */
  release(lease: Lease): Promise<void>;
  /** As `release`, with everything that is kept of its name: for a lease whose tokens nobody compares. */
  discard(lease: Lease): Promise<void>;
  /**
   * Keeps a text beside the lease for whoever holds it next, in place of the one before; it outlives the lease and is gone after `ttlMs`.
   * False when a newer token was given out, held or not: then the text of the newer holder stays.
   */
  remember(lease: Lease, text: string, ttlMs: number): Promise<boolean>;
  /** What was kept beside the lease of this name last, undefined when there is nothing. */
  recall(name: string): Promise<string | undefined>;
  /** The newest token that was given out for the name, 0 if none was within the last day. */
  token(name: string): Promise<number>;
  /** True for the first caller with this key within `ttlMs`, false for all others: makes a ticket single-use. */
  claimOnce(key: string, ttlMs: number): Promise<boolean>;
  /**
   * Takes one of `most` places under a key for what has this id, until `ttlMs` after the first of them was taken. The same id has the same
   * place again. False when all are taken.
   */
  takePlace(key: string, id: string, most: number, ttlMs: number): Promise<boolean>;
  /** Gives a place back; nothing happens when it was not taken. */
  giveBackPlace(key: string, id: string): Promise<void>;
  /** Removes everything that is kept of a name, its lease included: whoever held it has lost it. */
  erase(name: string): Promise<void>;
  close(): Promise<void>;
}
