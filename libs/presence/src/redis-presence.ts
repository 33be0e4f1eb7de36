import * as z from 'zod';
import { decodeDetails, encodeDetails } from './details.ts';
import { PASSAGES_AT_ONCE } from './presence.ts';
import type {
  ConnectionChange,
  Departure,
  Joining,
  Passage,
  Presence,
  PresentConnection,
} from './presence.ts';
import {
  BEAT,
  CHANGED_MEANWHILE,
  ERASE,
  JOIN,
  LEAVE,
  SETTLE,
  SWEEP,
  UNSETTLED_ROOMS,
  UPDATE,
} from './presence-scripts.ts';
import { RedisConnection, type RedisConnectionOptions } from './redis-connection.ts';
import { RoomFullError } from './room-full-error.ts';

/** Connections in one script, which Redis runs alone: a few milliseconds at most. */
const BATCH = 1_000;

const Flag = z.literal([0, 1]).transform((flag) => flag === 1);
const Joined = z.tuple([z.int().positive(), Flag]);
const Positions = z.array(z.int().nonnegative());
const Record = z.tuple([z.int().positive(), z.enum(['present', 'away']), z.string(), z.string(), Flag]);
const Noted = z.tuple([z.string(), z.enum(['joined', 'left', 'lost']), Flag, z.string(), z.string()]);
const Departed = z.tuple([z.string(), z.string(), z.string(), Flag]);

/** Waits until Redis is there for the first time; see {@link RedisConnectionOptions}. */
export async function connectRedisPresence(options: RedisConnectionOptions): Promise<RedisPresence> {
  return new RedisPresence(await RedisConnection.open(options));
}

/** The presence of many processes, on Redis and its clock. */
export class RedisPresence implements Presence {
  readonly #connection: RedisConnection;
  readonly #key: string;

  /** Closes the connection when it is closed itself. */
  constructor(connection: RedisConnection) {
    this.#connection = connection;
    this.#key = `${connection.prefix}{presence}:`;
  }

  async join(connection: Joining, ttlMs: number): Promise<{ source: number; first: boolean }> {
    const { roomId, connectionId, participantId, details } = connection;
    const { announced = false, capacity = 0, formerSource = 0, rejoin = false } = connection;
    const reply = await this.#connection.run(JOIN, this.#key, [
      ...[memberOf(connection), roomId, connectionId, participantId, encodeDetails(details), ttlMs],
      ...[Number(announced), capacity, formerSource, Number(rejoin)],
    ]);
    if (reply === null) throw new RoomFullError('the room is full');
    const [source, first] = Joined.parse(reply);
    return { source, first };
  }

  async update(
    roomId: string,
    connectionId: string,
    { state, details }: ConnectionChange,
  ): Promise<PresentConnection | undefined> {
    for (;;) {
      const kept = details && (await this.#detailsOf(roomId, connectionId));
      if (details !== undefined && kept === undefined) return undefined;
      const change = details && kept !== undefined ? [kept, encodeDetails(details(decodeDetails(kept)))] : [];
      const args = [roomId, connectionId, state ?? '', ...change];
      const reply = await this.#connection.run(UPDATE, this.#key, args);
      if (reply === null) return undefined;
      if (reply !== CHANGED_MEANWHILE) return toPresent(roomId, connectionId, z.string().parse(reply));
    }
  }

  async beat(
    connections: readonly { roomId: string; connectionId: string }[],
    ttlMs: number,
  ): Promise<string[]> {
    const gone: string[] = [];
    for (let start = 0; start < connections.length; start += BATCH) {
      const batch = connections.slice(start, start + BATCH);
      const reply = await this.#connection.run(BEAT, this.#key, [ttlMs, ...batch.map(memberOf)]);
      const positions = new Set(Positions.parse(reply));
      gone.push(
        ...batch.filter((_, position) => positions.has(position)).map(({ connectionId }) => connectionId),
      );
    }
    return gone;
  }

  leave(roomId: string, connectionId: string): Promise<Departure | undefined> {
    return this.#remove(roomId, connectionId, 'left');
  }

  async list(roomId: string): Promise<PresentConnection[]> {
    const records = await this.#connection.command((redis) => redis.hgetall(`${this.#key}room:${roomId}`));
    return Object.entries(records)
      .map(([connectionId, record]) => toPresent(roomId, connectionId, record))
      .sort((one, other) => one.source - other.source);
  }

  rooms(): Promise<string[]> {
    return this.#connection.command((redis) => redis.smembers(`${this.#key}rooms`));
  }

  async sweep(): Promise<Departure[]> {
    const reply = await this.#connection.run(SWEEP, this.#key, [BATCH]);
    return z.array(z.unknown()).parse(reply).map(toDeparture);
  }

  async unsettled(roomId: string): Promise<Passage[]> {
    const passages = await this.#connection.command((redis) =>
      redis.zrange(`${this.#key}passages:${roomId}`, '0', `${PASSAGES_AT_ONCE - 1}`),
    );
    return passages.map((passage) => {
      const [id, kind, alone, connectionId, record] = Noted.parse(JSON.parse(passage));
      return { id, kind, alone, connection: toPresent(roomId, connectionId, record) };
    });
  }

  async settle(roomId: string, passageIds: readonly string[]): Promise<void> {
    await this.#connection.run(SETTLE, this.#key, [roomId, ...passageIds]);
  }

  async unsettledRooms(forMs: number): Promise<string[]> {
    return z.array(z.string()).parse(await this.#connection.run(UNSETTLED_ROOMS, this.#key, [forMs, BATCH]));
  }

  async erase(roomId: string): Promise<void> {
    for (const { connectionId } of await this.list(roomId)) await this.#remove(roomId, connectionId, '');
    await this.#connection.run(ERASE, this.#key, [roomId]);
  }

  connected(): boolean {
    return this.#connection.connected();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** As they are kept; undefined when the connection is not there. */
  async #detailsOf(roomId: string, connectionId: string): Promise<string | undefined> {
    const room = `${this.#key}room:${roomId}`;
    const record = await this.#connection.command((redis) => redis.hget(room, connectionId));
    return record === null ? undefined : Record.parse(JSON.parse(record))[3];
  }

  /** `noted`: what is noted of it when it is the last one of somebody announced. */
  async #remove(roomId: string, connectionId: string, noted: 'left' | ''): Promise<Departure | undefined> {
    const member = memberOf({ roomId, connectionId });
    const reply = await this.#connection.run(LEAVE, this.#key, [member, roomId, connectionId, noted]);
    return reply === null ? undefined : toDeparture(reply);
  }
}

/** A connection as a member of the set of expiries. */
function memberOf({ roomId, connectionId }: { roomId: string; connectionId: string }): string {
  return JSON.stringify([roomId, connectionId]);
}

function toPresent(roomId: string, connectionId: string, record: string): PresentConnection {
  const [source, state, participantId, details] = Record.parse(JSON.parse(record));
  return { roomId, connectionId, participantId, source, state, details: decodeDetails(details) };
}

function toDeparture(reply: unknown): Departure {
  const [roomId, connectionId, record, last] = Departed.parse(reply);
  return { connection: toPresent(roomId, connectionId, record), last };
}
