import { PreconditionFailedError, StoreUnavailableError } from '@studio/object-store';
import type { ObjectStore, ObjectSummary, StoredObject, WriteOptions } from '@studio/object-store';

/** Times in milliseconds. Requests between services end after 5 s: whoever asks is to be told before that why. */
const DEADLINE_MS = 4_000;
/** For what is known as it was a moment ago nobody waits longer than this. */
const PATIENCE_MS = 1_000;
/** After the store was away what is known is answered at once for this long. */
const AWAY_MS = 5_000;
/** And what is not known is refused at once for this long, so that not everybody waits for the same. */
const REFUSED_MS = 1_000;
/** What was read longer ago is not known any more. */
const KNOWN_MS = 10 * 60_000;
/** Objects, some hundred bytes each; those that were read last. */
const MOST_KNOWN = 20_000;

/** What is small, and what people wait for. */
const PREFIXES = ['rooms/', 'members/', 'people/'];

/**
 * The objects of rooms and people in an object store that may be away for some minutes: then they are answered as they were read last, so
 * that a room that is open goes on, and its people come back. Nothing is written meanwhile.
 */
export class KnownObjects implements ObjectStore {
  private readonly known = new Map<string, { object: StoredObject | undefined; readAt: number }>();
  private awayUntil = 0;
  /** Until then it is not asked for what is not known: whoever waits for it would be told the same, later. */
  private refusedUntil = 0;

  /** `now`: milliseconds. */
  constructor(
    private readonly store: ObjectStore,
    private readonly now: () => number = Date.now,
  ) {}

  async get(name: string): Promise<StoredObject | undefined> {
    if (!isSmall(name)) return this.store.get(name);
    const known = this.known.get(name);
    const usable = known !== undefined && this.now() - known.readAt < KNOWN_MS;
    if (usable && this.now() < this.awayUntil) return known.object;
    if (!usable && this.now() < this.refusedUntil)
      throw new StoreUnavailableError('the object store was away a moment ago');
    try {
      const object = await within(usable ? PATIENCE_MS : DEADLINE_MS, this.store.get(name));
      this.remember(name, object);
      return object;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.awayUntil = this.now() + AWAY_MS;
      if (usable) return known.object;
      this.refusedUntil = this.now() + REFUSED_MS;
      throw error;
    }
  }

  async put(name: string, data: Uint8Array, options: WriteOptions = {}): Promise<string> {
    const written = this.store.put(name, data, options);
    if (!isSmall(name)) return written;
    const generation = await this.unlessOutdated(name, within(DEADLINE_MS, written));
    this.remember(name, { name, data, generation, metadata: options.metadata ?? {} });
    return generation;
  }

  async delete(name: string, expect?: string): Promise<void> {
    this.known.delete(name);
    await this.unlessOutdated(name, this.store.delete(name, expect));
  }

  list(
    prefix: string,
    page: { limit: number; after?: string },
  ): Promise<{ objects: ObjectSummary[]; next?: string }> {
    return isSmall(prefix)
      ? within(DEADLINE_MS, this.store.list(prefix, page))
      : this.store.list(prefix, page);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** What is known of an object that was written by others meanwhile must not be answered once more to whoever tries again. */
  private async unlessOutdated<T>(name: string, written: Promise<T>): Promise<T> {
    try {
      return await written;
    } catch (error) {
      if (error instanceof PreconditionFailedError) this.known.delete(name);
      throw error;
    }
  }

  private remember(name: string, object: StoredObject | undefined): void {
    // Deleted first, so that the map's order is the order of reading.
    this.known.delete(name);
    this.known.set(name, { object, readAt: this.now() });
    if (this.known.size <= MOST_KNOWN) return;
    const [oldest] = this.known.keys();
    if (oldest !== undefined) this.known.delete(oldest);
  }
}

function isSmall(name: string): boolean {
  return PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** What was asked for may still happen later. @throws StoreUnavailableError */
async function within<T>(ms: number, action: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new StoreUnavailableError(`the object store has not answered within ${ms} ms`));
  }, ms);
  try {
    return await Promise.race([action, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
