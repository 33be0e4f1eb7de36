import { jetstream } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import type { NatsConnection } from '@nats-io/nats-core';
import { Backoff } from '../backoff.ts';
import { checkEntry, checkLogName } from '../entry-limits.ts';
import { HeadMovedError, LogUnavailableError } from '../event-log.ts';
import type { EventLog, LogEntry } from '../event-log.ts';
import { LruMap } from '../lru-map.ts';
import { isWrongLastSequence, subjectOf } from './event-stream.ts';
import type { Place } from './find-entry.ts';
import { LogReader } from './log-reader.ts';
import { KEY_HEADER, SEQ_HEADER } from './stored-entry.ts';

/** Logs whose newest entry is remembered. */
const TAILS = 10_000;
/** Tries of one append when what was remembered proves wrong, and what lies between them: about 150 ms in all. */
const TRIES = 8;
const PAUSES = { firstMs: 2, longestMs: 50 };

/**
 * The engine on JetStream: all logs in one stream, one subject per log, the sequence and the key in headers of each message.
 * An append names the stream position of the entry it follows (`Nats-Expected-Last-Subject-Sequence`), and JetStream refuses it when
 * that is not the subject's last message any more. So every entry follows the one its writer knew: no gap, no fork, whoever writes.
 */
export class JetStreamEventLog implements EventLog {
  readonly #connection: NatsConnection;
  readonly #owned: boolean;
  readonly #manager: JetStreamManager;
  readonly #client: JetStreamClient;
  readonly #reader: LogReader;
  readonly #stream: string;
  /** The newest entry of logs as it was last seen: only saves a request, JetStream compares. */
  readonly #tails = new LruMap<Place>(TAILS);
  #connected = true;
  #closed: Promise<void> | undefined;

  /** To be made by `openJetStreamEventLog`. */
  constructor(
    connection: NatsConnection,
    manager: JetStreamManager,
    options: { stream: string; timeoutMs: number; onError: (error: unknown) => void; owned: boolean },
  ) {
    this.#connection = connection;
    this.#owned = options.owned;
    this.#manager = manager;
    this.#client = jetstream(connection, { timeout: options.timeoutMs });
    this.#reader = new LogReader(this.#client, manager, options);
    this.#stream = options.stream;
    void this.#watch();
  }

  async append(log: string, expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    checkLogName(log);
    checkEntry(key, data);
    // The caller may use its buffer again before it is sent.
    const copy = new Uint8Array(data);
    const backoff = new Backoff(PAUSES);
    return this.#ask(async () => {
      for (let tries = 1; ; tries += 1) {
        const tail = await this.#tailForAppend(log, expectedHead);
        try {
          return await this.#publish(log, tail, key, copy);
        } catch (error) {
          this.#tails.delete(log);
          // Somebody was quicker, or what was remembered is old: a look in a moment tells which.
          if (!isWrongLastSequence(error) || tries === TRIES) throw error;
          await backoff.wait();
        }
      }
    });
  }

  async read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    checkLogName(log);
    return this.#ask(() => this.#reader.read(log, after, limit));
  }

  async head(log: string): Promise<number> {
    checkLogName(log);
    return this.#ask(async () => (await this.#reader.tail(log))?.seq ?? 0);
  }

  async first(log: string): Promise<number> {
    checkLogName(log);
    return this.#ask(async () => (await this.#reader.oldest(log))?.seq ?? 0);
  }

  async trim(log: string, before: number): Promise<void> {
    checkLogName(log);
    await this.#ask(async () => {
      const { position } = (await this.#reader.firstKept(log, before)) ?? { position: 1 };
      // To JetStream the first position of a stream means everything that there is.
      if (position > 1)
        await this.#manager.streams.purge(this.#stream, {
          filter: subjectOf(this.#stream, log),
          seq: position,
        });
    });
  }

  async delete(log: string): Promise<void> {
    checkLogName(log);
    this.#tails.delete(log);
    this.#reader.forget(log);
    await this.#ask(() =>
      this.#manager.streams.purge(this.#stream, { filter: subjectOf(this.#stream, log) }),
    );
  }

  close(): Promise<void> {
    this.#closed ??= this.#owned ? this.#connection.close() : Promise.resolve();
    return this.#closed;
  }

  /** The entry that an append follows. @throws HeadMovedError when that is not the newest one */
  async #tailForAppend(log: string, expectedHead: number): Promise<Place> {
    const remembered = this.#tails.get(log);
    if (remembered?.seq === expectedHead) return remembered;
    const { seq, position } = (await this.#reader.tail(log)) ?? { seq: 0, position: 0 };
    if (seq !== expectedHead) throw new HeadMovedError(seq);
    return { seq, position };
  }

  async #publish(log: string, tail: Place, key: string, data: Uint8Array): Promise<number> {
    const seq = tail.seq + 1;
    const header = headers();
    header.set(SEQ_HEADER, String(seq));
    header.set(KEY_HEADER, key);
    const { seq: position } = await this.#client.publish(subjectOf(this.#stream, log), data, {
      headers: header,
      expect: { streamName: this.#stream, lastSubjectSequence: tail.position },
    });
    this.#tails.set(log, { seq, position });
    return seq;
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw new LogUnavailableError('the event log is closed');
    // The client would keep the request until it times out.
    if (!this.#connected) throw new LogUnavailableError('the connection to NATS is lost');
    try {
      return await request();
    } catch (error) {
      if (error instanceof HeadMovedError) throw error;
      throw new LogUnavailableError(`JetStream: ${String(error)}`, { cause: error });
    }
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === 'disconnect') this.#connected = false;
      else if (type === 'reconnect') {
        // A server that lost its newest messages gives their positions to others.
        this.#tails.clear();
        this.#connected = true;
      }
    }
  }
}
