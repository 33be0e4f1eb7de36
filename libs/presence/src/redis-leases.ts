import * as z from 'zod';
import type { Lease, Leases } from './leases.ts';
import { ACQUIRE, DISCARD, RELEASE, REMEMBER, RENEW, TAKE_PLACE } from './lease-scripts.ts';
import { RedisConnection, type RedisConnectionOptions } from './redis-connection.ts';

const Token = z.coerce.number().int().positive();

/** Waits until Redis is there for the first time; see {@link RedisConnectionOptions}. */
export async function connectRedisLeases(options: RedisConnectionOptions): Promise<RedisLeases> {
  return new RedisLeases(await RedisConnection.open(options));
}

/** The leases of many processes, on Redis and its clock. */
export class RedisLeases implements Leases {
  readonly #connection: RedisConnection;

  /** Closes the connection when it is closed itself. */
  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  async acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
    const reply = await this.#connection.run(ACQUIRE, this.#key(name), [holder, ttlMs]);
    if (reply === null) return undefined;
    return { name, holder, token: Token.parse(reply) };
  }

  async freeIn(name: string): Promise<number> {
    const ttl = await this.#connection.command((redis) => redis.pttl(`${this.#key(name)}:lease`));
    // Negative: there is none.
    return Math.max(0, ttl);
  }

  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    return (await this.#connection.run(RENEW, this.#key(lease.name), [content(lease), ttlMs])) === 1;
  }

  async release(lease: Lease): Promise<void> {
    await this.#connection.run(RELEASE, this.#key(lease.name), [content(lease)]);
  }

  async discard(lease: Lease): Promise<void> {
    await this.#connection.run(DISCARD, this.#key(lease.name), [content(lease)]);
  }

  async remember(lease: Lease, text: string, ttlMs: number): Promise<boolean> {
    const args = [`${lease.token}`, text, ttlMs];
    return (await this.#connection.run(REMEMBER, this.#key(lease.name), args)) === 1;
  }

  async recall(name: string): Promise<string | undefined> {
    const note = await this.#connection.command((redis) => redis.get(`${this.#key(name)}:note`));
    return note ?? undefined;
  }

  async token(name: string): Promise<number> {
    const reply = await this.#connection.command((redis) => redis.get(`${this.#key(name)}:token`));
    return reply === null ? 0 : Token.parse(reply);
  }

  async claimOnce(key: string, ttlMs: number): Promise<boolean> {
    const name = `${this.#connection.prefix}once:${key}`;
    const reply = await this.#connection.command((redis) => redis.set(name, 1, 'PX', ttlMs, 'NX'));
    return reply === 'OK';
  }

  async takePlace(key: string, id: string, most: number, ttlMs: number): Promise<boolean> {
    return (await this.#connection.run(TAKE_PLACE, this.#placesOf(key), [id, most, ttlMs])) === 1;
  }

  async giveBackPlace(key: string, id: string): Promise<void> {
    await this.#connection.command((redis) => redis.srem(this.#placesOf(key), id));
  }

  async erase(name: string): Promise<void> {
    const key = this.#key(name);
    await this.#connection.command((redis) => redis.del(`${key}:lease`, `${key}:token`, `${key}:note`));
  }

  /** Whether Redis can be reached now. */
  connected(): boolean {
    return this.#connection.connected();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #placesOf(key: string): string {
    return `${this.#connection.prefix}places:${key}`;
  }

  /** In braces, so that a cluster keeps the keys of one lease together. */
  #key(name: string): string {
    return `${this.#connection.prefix}{${name}}`;
  }
}

function content(lease: Lease): string {
  return `${lease.token} ${lease.holder}`;
}
