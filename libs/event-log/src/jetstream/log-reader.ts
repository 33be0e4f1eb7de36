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

  /** Entries after `after`, at most `limit`. @throws InconsistentLogError when the log is deleted meanwhile; what JetStream answers */
  async read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    const tail = await this.tail(log);
    if (tail === undefined || after >= tail.seq || limit <= 0) return [];
    const last = Math.min(tail.seq, after + limit);
    const first = after + 1 === tail.seq ? tail : await this.#find(log, after + 1, tail);
    const entries = [first];
    if (last - first.seq > FEW) await this.#fetch(log, entries, last);
    else if (last > first.seq) await this.#walk(log, entries, last);
    this.#remember(log, entries.at(-1) ?? first);
    return entries.map(({ seq, key, data }) => ({ seq, key, data }));
  }

  forget(log: string): void {
    this.#places.delete(log);
  }

  async #find(log: string, seq: number, tail: StoredEntry): Promise<StoredEntry> {
    const places = this.#places.get(log) ?? [];
    const low = places.findLast((place) => place.seq < seq) ?? { seq: 0, position: 0 };
    const high = places.find((place) => place.seq > seq) ?? tail;
    const next = (position: number) => this.#next(log, position);
    try {
      return await findEntry(next, seq, low, high);
    } catch (error) {
      if (!(error instanceof InconsistentLogError) || places.length === 0) throw error;
      // The log was deleted and begun anew: what was remembered is of no use.
      this.forget(log);
      return findEntry(next, seq, { seq: 0, position: 0 }, tail);
    }
  }

  /** A replica that lags behind answers with nothing, never with something later. */
  async #next(log: string, position: number): Promise<StoredEntry | undefined> {
    const found = await this.#manager.direct.getMessage(this.#stream, {
      seq: position,
      next_by_subj: subjectOf(this.#stream, log),
    });
    return found === null ? undefined : toStoredEntry(found);
  }

  async #walk(log: string, entries: StoredEntry[], last: number): Promise<void> {
    for (let entry = entries.at(-1); entry !== undefined && entry.seq < last; entry = entries.at(-1))
      follow(entries, await this.#next(log, entry.position + 1));
  }

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
      follow(entries, makeStoredEntry(message.seq, message.headers, message.data));
    // If this fails it goes by itself, after the threshold.
    await consumer.delete().catch(this.#onError);
    if (entries.at(-1)?.seq !== last)
      throw new InconsistentLogError(`entries up to ${last} did not come in time`);
  }

  #remember(log: string, { seq, position }: StoredEntry): void {
    const others = (this.#places.get(log) ?? []).filter((place) => place.seq !== seq).slice(1 - PLACES);
    this.#places.set(
      log,
      [...others, { seq, position }].sort((one, other) => one.seq - other.seq),
    );
  }
}

function follow(entries: StoredEntry[], entry: StoredEntry | undefined): void {
  const expected = (entries.at(-1)?.seq ?? 0) + 1;
  if (entry?.seq !== expected)
    throw new InconsistentLogError(`entry ${expected} does not follow the one before it`);
  entries.push(entry);
}
