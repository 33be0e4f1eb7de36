import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { LogEntry } from '../event-log.ts';
import { LruMap } from '../lru-map.ts';
import { subjectOf } from './event-stream.ts';
import { findEntry, InconsistentLogError, type Place } from './find-entry.ts';
import { makeStoredEntry, toStoredEntry, type StoredEntry } from './stored-entry.ts';

/** Up to this many entries are fetched one after the other; making a consumer costs as much as about eight gets. */
const FEW = 8;
/** Places remembered per log: where readers that page through it go on. */
const PLACES = 16;
/** Logs of which places are remembered. */
const LOGS = 2_000;

/** Reads parts of logs out of a stream. */
export class LogReader {
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #stream: string;
  readonly #timeoutMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #places = new LruMap<Place[]>(LOGS);

  constructor(
    client: JetStreamClient,
    manager: JetStreamManager,
    options: { stream: string; timeoutMs: number; onError: (error: unknown) => void },
  ) {
    this.#client = client;
    this.#manager = manager;
    this.#stream = options.stream;
    this.#timeoutMs = options.timeoutMs;
    this.#onError = options.onError;
  }

  /** The newest entry as the stream's leader knows it, so that no acknowledged one is missed. */
  async tail(log: string): Promise<StoredEntry | undefined> {
    const found = await this.#manager.streams.getMessage(this.#stream, {
      last_by_subj: subjectOf(this.#stream, log),
    });
    return found === null ? undefined : toStoredEntry(found);
  }

  /** The oldest entry that is kept, as the leader knows it. */
  async oldest(log: string): Promise<StoredEntry | undefined> {
    const found = await this.#manager.streams.getMessage(this.#stream, this.#from(log, 1));
    return found === null ? undefined : toStoredEntry(found);
  }

  /** The entry `seq`, or the oldest one that is kept if that is newer, or else the newest one. */
  async firstKept(log: string, seq: number): Promise<StoredEntry | undefined> {
    const tail = await this.tail(log);
    return tail === undefined || seq >= tail.seq ? tail : this.#find(log, seq, tail);
  }

  /**
   * Entries after `after` that are kept, at most `limit`.
   * @throws InconsistentLogError when the log is deleted meanwhile; what JetStream answers
   */
  async read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    const tail = await this.tail(log);
    if (tail === undefined || after >= tail.seq || limit <= 0) return [];
    const first = after + 1 === tail.seq ? tail : await this.#find(log, after + 1, tail);
    const last = Math.min(tail.seq, first.seq - 1 + limit);
    const entries = [first];
    if (last - first.seq > FEW) await this.#fetch(log, entries, last);
    else if (last > first.seq) await this.#walk(log, entries, last);
    if (entries.at(-1)?.seq !== last) {
      // It is being trimmed, or a replica that was away lacks what is kept: then nothing must be passed over.
      const oldest = await this.oldest(log);
      if (oldest === undefined || oldest.seq <= first.seq)
        throw new InconsistentLogError(`entries up to ${last} did not come`);
      return this.read(log, after, limit);
    }
    this.#remember(log, entries.at(-1) ?? first);
    return entries.map(({ seq, key, data }) => ({ seq, key, data }));
  }

  forget(log: string): void {
    this.#places.delete(log);
  }

  /** The entry `seq`, or the oldest one that is kept if that is newer. */
  async #find(log: string, seq: number, tail: StoredEntry): Promise<StoredEntry> {
    const places = this.#places.get(log) ?? [];
    const low = places.findLast((place) => place.seq < seq);
    const high = places.find((place) => place.seq > seq) ?? tail;
    const next = (position: number) => this.#next(log, position);
    try {
      const found = low && (await findEntry(next, seq, low, high));
      if (found?.seq === seq) return found;
    } catch (error) {
      if (!(error instanceof InconsistentLogError)) throw error;
      // The log was deleted and begun anew: what was remembered is of no use.
      this.forget(log);
    }
    for (let before = 0; ;) {
      // The leader says what was dropped; a replica may merely lack it.
      const oldest = await this.oldest(log);
      if (oldest === undefined || oldest.seq <= before)
        throw new InconsistentLogError(`entry ${seq} is not there, and has not been dropped`);
      if (oldest.seq >= seq) return oldest;
      const found = await findEntry(next, seq, oldest, tail);
      if (found.seq === seq) return found;
      before = oldest.seq;
    }
  }

  /** A replica that lags behind answers with nothing, never with something later: then the leader is asked. */
  async #next(log: string, position: number): Promise<StoredEntry | undefined> {
    const request = this.#from(log, position);
    const found =
      (await this.#manager.direct.getMessage(this.#stream, request)) ??
      (await this.#manager.streams.getMessage(this.#stream, request));
    return found === null ? undefined : toStoredEntry(found);
  }

  #from(log: string, position: number): { seq: number; next_by_subj: string } {
    return { seq: position, next_by_subj: subjectOf(this.#stream, log) };
  }

  /** Adds the entries up to `last`, or up to a gap. */
  async #walk(log: string, entries: StoredEntry[], last: number): Promise<void> {
    for (let entry = entries.at(-1); entry !== undefined && entry.seq < last; entry = entries.at(-1))
      if (!follow(entries, await this.#next(log, entry.position + 1))) return;
  }

  /** As `#walk`. */
  async #fetch(log: string, entries: StoredEntry[], last: number): Promise<void> {
    const start = entries.at(-1);
    if (start === undefined) return;
    const consumer = await this.#client.consumers.get(this.#stream, {
      filter_subjects: subjectOf(this.#stream, log),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: start.position + 1,
      inactive_threshold: nanos(10_000),
    });
    const messages = await consumer.fetch({ max_messages: last - start.seq, expires: this.#timeoutMs });
    for await (const message of messages)
      if (!follow(entries, makeStoredEntry(message.seq, message.headers, message.data))) break;
    // If this fails it goes by itself, after the threshold.
    await consumer.delete().catch(this.#onError);
  }

  #remember(log: string, { seq, position }: StoredEntry): void {
    const others = (this.#places.get(log) ?? []).filter((place) => place.seq !== seq).slice(1 - PLACES);
    this.#places.set(
      log,
      [...others, { seq, position }].sort((one, other) => one.seq - other.seq),
    );
  }
}

/** Adds the entry if it is the next one. */
function follow(entries: StoredEntry[], entry: StoredEntry | undefined): boolean {
  const follows = entry !== undefined && entry.seq === (entries.at(-1)?.seq ?? 0) + 1;
  if (follows) entries.push(entry);
  return follows;
}
