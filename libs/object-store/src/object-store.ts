export interface StoredObject {
  readonly name: string;
  readonly data: Uint8Array;
  /** Changes with every write of the name; opaque. */
  readonly generation: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export type ObjectSummary = Omit<StoredObject, 'data'>;

/** The object was changed, created or removed by somebody else. */
export class PreconditionFailedError extends Error {
  override readonly name = 'PreconditionFailedError';
}

/** The store cannot be reached, or does not answer in time, after its own retries. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface WriteOptions {
  /** The generation that must be there now; `absent`: the object must not exist. Without it, the write always happens. */
  expect?: string;
  /** Kept beside the object, and part of a listing: keys and values together at most 8,000 bytes. */
  metadata?: Readonly<Record<string, string>>;
}

/** `expect` value that means: the object must not exist. */
export const ABSENT = 'absent';

/**
 * Objects under names of printable characters with `/` between parts, at most 500 bytes. A write is atomic: readers see the old object or the new one.
 */
export interface ObjectStore {
  get(name: string): Promise<StoredObject | undefined>;
  /** Resolves the new generation. @throws PreconditionFailedError, StoreUnavailableError */
  put(name: string, data: Uint8Array, options?: WriteOptions): Promise<string>;
  /** Nothing happens when it is not there. @throws PreconditionFailedError when `expect` is given and does not hold. */
  delete(name: string, expect?: string): Promise<void>;
  /**
   * Objects whose names begin with the prefix, in ascending order of the names' bytes, metadata included: one call of the store per page,
   * no reads of objects. `after`: the name behind which to go on, which need not exist; `next`: what to name then, when more follow.
   * `limit` is at most 998.
   */
  list(
    prefix: string,
    page: { limit: number; after?: string },
  ): Promise<{ objects: ObjectSummary[]; next?: string }>;
  close(): Promise<void>;
}
