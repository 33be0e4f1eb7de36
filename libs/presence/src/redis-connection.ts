import { Redis } from 'ioredis';
import type { RedisScript } from './redis-script.ts';
import { StoreUnavailableError } from './store-unavailable-error.ts';

/** A command that is not answered by then has failed, in milliseconds; the time until a lost connection is there again included. */
const COMMAND_MS = 2_000;
/** A connection with an unanswered command that brings nothing for this long is given up. Milliseconds. */
const SILENCE_MS = 5_000;
/** Longest time between two tries to connect, in milliseconds. */
const LONGEST_RETRY_MS = 1_000;
const CONNECT_MS = 3_000;
/** What Redis says when coming back will not help. */
const REFUSED = /^(WRONGPASS|NOAUTH|NOPERM)/;

export interface RedisConnectionOptions {
  /** `redis://` or `rediss://`, with credentials and database where needed. */
  url: string;
  /** Names this process in the server's list of clients. */
  name: string;
  /** What every key begins with; default `kss:`. Studios that share a Redis need different ones. */
  prefix?: string;
  /** Told when the connection is there, and once per outage that it is not, with the reason if one is known. */
  onConnection?: (connected: boolean, reason?: Error) => void;
}

/** One connection to Redis that comes back for ever and bounds every wait. */
export class RedisConnection {
  readonly prefix: string;
  readonly #redis: Redis;
  #ready = Promise.withResolvers<undefined>();

  private constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.prefix = prefix;
  }

  /** Resolves when Redis is there for the first time, however long that takes. Rejects when it refuses the credentials. */
  static async open(options: RedisConnectionOptions): Promise<RedisConnection> {
    const redis = new Redis(options.url, {
      connectionName: options.name,
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      retryStrategy: (times) => Math.min(50 * times, LONGEST_RETRY_MS) * (0.75 + Math.random() / 2),
      // After a failover the old primary refuses to write: look up who is the new one.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      // What its caller has given up must not be done later on.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: null,
    });
    const connection = new RedisConnection(redis, options.prefix ?? 'kss:');
    const refused = connection.#watch(options.onConnection ?? (() => undefined));
    try {
      await Promise.race([connection.#ready.promise, refused]);
    } catch (error) {
      redis.disconnect();
      throw error;
    }
    return connection;
  }

  connected(): boolean {
    return this.#redis.status === 'ready';
  }

  /** Runs a script on the keys that begin with `key`. @throws StoreUnavailableError */
  run(script: RedisScript, key: string, args: readonly (string | number)[]): Promise<unknown> {
    return this.#bounded(async () => {
      try {
        return await this.#redis.evalsha(script.sha, 1, key, ...args);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return this.#redis.eval(script.lua, 1, key, ...args);
      }
    });
  }

  /** Runs commands. @throws StoreUnavailableError */
  command<T>(send: (redis: Redis) => Promise<T>): Promise<T> {
    return this.#bounded(() => send(this.#redis));
  }

  async close(): Promise<void> {
    if (this.connected()) await this.command((redis) => redis.quit()).catch(() => this.#redis.disconnect());
    else this.#redis.disconnect();
  }

  async #bounded<T>(send: () => Promise<T>): Promise<T> {
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => deadline.reject(new Error(`no answer within ${COMMAND_MS} ms`)),
      COMMAND_MS,
    );
    try {
      if (!this.connected()) await Promise.race([this.#ready.promise, deadline.promise]);
      return await Promise.race([send(), deadline.promise]);
    } catch (cause) {
      throw new StoreUnavailableError(`Redis: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keeps `#ready` true to the connection; rejects when Redis refuses the credentials. */
  #watch(onConnection: (connected: boolean, reason?: Error) => void): Promise<never> {
    const refused = Promise.withResolvers<never>();
    // Only `open` waits for it, and only at first.
    refused.promise.catch(() => undefined);
    let told: boolean | undefined;
    let reason: Error | undefined;
    const tell = (connected: boolean) => {
      if (told === connected) return;
      told = connected;
      onConnection(connected, connected ? undefined : reason);
    };
    this.#redis.on('error', (error: Error) => {
      reason = error;
      if (REFUSED.test(error.message)) refused.reject(error);
    });
    this.#redis.on('ready', () => {
      reason = undefined;
      this.#ready.resolve(undefined);
      tell(true);
    });
    this.#redis.on('close', () => {
      if (told === true) this.#ready = Promise.withResolvers();
      tell(false);
    });
    // It is over: whoever waits gets the error of a command on a closed connection.
    this.#redis.on('end', () => this.#ready.resolve(undefined));
    return refused.promise;
  }
}
