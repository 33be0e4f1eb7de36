import type { Event } from '@studio/contracts';
import { Backoff } from './backoff.ts';

/** Events that were read. `head`: sequence of the newest one that exists; `first`: of the oldest one, 1 unless old ones were deleted. */
interface Part<T> {
  readonly events: readonly T[];
  readonly head: number;
  readonly first?: number;
}

export interface EventFeedOptions<T> {
  /** Events after `after`, in order, at most `limit` of them and fewer when they are large. */
  read: (after: number, limit: number) => Promise<Part<T>>;
  /** Events per read. */
  pageSize?: number;
  /** How many of the newest events are kept, so that a subscriber that comes back needs no read. */
  keep?: number;
  /** How long a missing event may still arrive by itself before it is read: two writers' events may overtake each other. Milliseconds. */
  gapMs?: number;
  /** Told of every failed read, which is tried again, and of every listener that threw. */
  onError?: (error: unknown) => void;
}

interface Subscriber<T> {
  /** Sequence of the last event it was given. */
  position: number;
  readonly listener: (event: T) => void;
  catchingUp: boolean;
}

/**
 * Makes one gapless ordered stream out of live events, which may be lost, doubled or reordered, and reads of the log behind them.
 * Its memory is bounded: it keeps `keep` events, and at most `pageSize` that came too early.
 */
export class EventFeed<T extends { readonly seq: number } = Event> {
  readonly #read: EventFeedOptions<T>['read'];
  readonly #onError: (error: unknown) => void;
  readonly #pageSize: number;
  readonly #keep: number;
  readonly #gapMs: number;
  readonly #subscribers = new Set<Subscriber<T>>();
  /** The newest delivered events, contiguous up to `#head`. */
  #recent: T[] = [];
  /** Events that came before their predecessors. */
  readonly #early = new Map<number, T>();
  readonly #closed = new AbortController();
  #started = false;
  #head = 0;
  /** Highest sequence that is known to exist. */
  #known = 0;
  #delivering = false;
  #filling = false;

  constructor(options: EventFeedOptions<T>) {
    this.#read = options.read;
    this.#onError = options.onError ?? (() => undefined);
    this.#pageSize = options.pageSize ?? 200;
    this.#keep = options.keep ?? 200;
    this.#gapMs = options.gapMs ?? 20;
  }

  /** Sequence of the last event that was delivered. */
  get head(): number {
    return this.#head;
  }

  /** Begins with the event after `after`; what was pushed before counts. To be called once. */
  start(after: number): void {
    if (this.#started) throw new Error('the feed has been started before');
    this.#started = true;
    this.#head = after;
    this.#known = Math.max(this.#known, after);
    for (const seq of this.#early.keys()) if (seq <= after) this.#early.delete(seq);
    this.#deliver();
    for (const subscriber of this.#subscribers) this.#catchUp(subscriber);
  }

  /** A live event, in any order. */
  push(event: T): void {
    if (event.seq <= this.#head || this.#closed.signal.aborted) return;
    this.#known = Math.max(this.#known, event.seq);
    this.#keepEarly(event);
    this.#deliver();
  }

  /** The log's newest event is `head`: those that the feed lacks are read. */
  checkHead(head: number): void {
    this.#known = Math.max(this.#known, head);
    this.#deliver();
  }

  /**
   * Gives every event after `after` to the listener, in order, without gap or double: first what was missed, then live ones. Events that
   * do not exist any more are passed over. The answer ends it; after that the listener is not called any more.
   */
  subscribe(after: number, listener: (event: T) => void): () => void {
    const subscriber: Subscriber<T> = { position: after, listener, catchingUp: false };
    this.#subscribers.add(subscriber);
    if (this.#started) this.#catchUp(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#closed.abort();
    this.#subscribers.clear();
    this.#early.clear();
    this.#recent = [];
  }

  #keepEarly(event: T): void {
    this.#early.set(event.seq, event);
    // The one that is furthest away is dropped: it will be read when its turn has come.
    if (this.#early.size > this.#pageSize) this.#early.delete(Math.max(...this.#early.keys()));
  }

  /** Delivers what is contiguous, and has the rest read. */
  #deliver(): void {
    // A listener may push: its event waits until everybody has this one.
    if (!this.#started || this.#delivering) return;
    this.#delivering = true;
    for (let event = this.#next(); event !== undefined; event = this.#next()) {
      this.#head = event.seq;
      this.#recent.push(event);
      if (this.#recent.length > this.#keep * 2) this.#recent = this.#recent.slice(-this.#keep);
      for (const subscriber of this.#subscribers) if (!subscriber.catchingUp) this.#give(subscriber, event);
    }
    this.#delivering = false;
    if (this.#head < this.#known && !this.#filling) void this.#fill();
  }

  #next(): T | undefined {
    const seq = this.#head + 1;
    const event = this.#early.get(seq);
    this.#early.delete(seq);
    return event;
  }

  #give(subscriber: Subscriber<T>, event: T): void {
    if (event.seq <= subscriber.position || !this.#subscribers.has(subscriber)) return;
    subscriber.position = event.seq;
    try {
      subscriber.listener(event);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Reads until nothing that is known to exist is missing. */
  async #fill(): Promise<void> {
    this.#filling = true;
    const backoff = new Backoff({ signal: this.#closed.signal });
    await backoff.sleep(this.#gapMs);
    while (this.#head < this.#known && !this.#closed.signal.aborted) {
      const before = this.#head;
      const { events, first = 1 } = await this.#readAfter(before);
      if (first > this.#head + 1) this.#passOverTo(first);
      for (const event of events) {
        if (event.seq > this.#head) this.#keepEarly(event);
        this.#deliver();
      }
      if (this.#head > before) backoff.reset();
      else await backoff.wait();
    }
    this.#filling = false;
  }

  /** What is older than `first` will never come. */
  #passOverTo(first: number): void {
    this.#head = first - 1;
    this.#recent = [];
    for (const seq of this.#early.keys()) if (seq < first) this.#early.delete(seq);
  }

  /** Brings a subscriber up to the feed's head; from then on it is given what everybody gets. */
  #catchUp(subscriber: Subscriber<T>): void {
    if (subscriber.position >= this.#head) return;
    subscriber.catchingUp = true;
    if (this.#giveRecent(subscriber)) subscriber.catchingUp = false;
    else void this.#readFor(subscriber);
  }

  async #readFor(subscriber: Subscriber<T>): Promise<void> {
    const backoff = new Backoff({ signal: this.#closed.signal });
    while (this.#subscribers.has(subscriber) && !this.#giveRecent(subscriber)) {
      const before = subscriber.position;
      const { events, first = 1 } = await this.#readAfter(before);
      subscriber.position = Math.max(subscriber.position, Math.min(first - 1, this.#head));
      for (const event of events)
        // What is newer than the head comes when everybody gets it.
        if (event.seq === subscriber.position + 1 && event.seq <= this.#head) this.#give(subscriber, event);
      if (subscriber.position > before) backoff.reset();
      else await backoff.wait();
    }
    subscriber.catchingUp = false;
  }

  /** Gives what is kept, if that is everything it lacks. A listener may cause more to be delivered meanwhile. */
  #giveRecent(subscriber: Subscriber<T>): boolean {
    while (subscriber.position < this.#head) {
      const oldest = this.#head - this.#recent.length + 1;
      const event = this.#recent[subscriber.position + 1 - oldest];
      if (event === undefined) return false;
      this.#give(subscriber, event);
      if (!this.#subscribers.has(subscriber)) return true;
    }
    return true;
  }

  async #readAfter(after: number): Promise<Pick<Part<T>, 'events' | 'first'>> {
    try {
      const part = await this.#read(after, this.#pageSize);
      if (!this.#closed.signal.aborted) {
        this.checkHead(part.head);
        return part;
      }
    } catch (error) {
      if (!this.#closed.signal.aborted) this.#onError(error);
    }
    return { events: [] };
  }
}
