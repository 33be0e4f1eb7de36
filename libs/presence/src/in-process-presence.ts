import { decodeDetails, encodeDetails } from './details.ts';
import type { Departure, Presence, PresentConnection } from './presence.ts';
import { COUNTER_MS } from './retention.ts';

interface Kept {
  readonly connection: Omit<PresentConnection, 'details'>;
  /** JSON, as a store in another process would keep it: nobody shares an object with it. */
  readonly details: string;
  readonly expiresAt: number;
}

interface Room {
  lastSource: number;
  /** By connection id, oldest first. */
  readonly connections: Map<string, Kept>;
  emptySince: number;
}

/** The presence of a studio that is one process. */
export class InProcessPresence implements Presence {
  readonly #now: () => number;
  readonly #rooms = new Map<string, Room>();

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  join(
    connection: Omit<PresentConnection, 'source' | 'state'>,
    ttlMs: number,
  ): Promise<{ source: number; first: boolean }> {
    const { roomId, connectionId, details, ...rest } = connection;
    let room = this.#rooms.get(roomId);
    if (room === undefined) {
      room = { lastSource: 0, connections: new Map(), emptySince: 0 };
      this.#rooms.set(roomId, room);
    }
    const before = room.connections.get(connectionId);
    const first = before === undefined && !hasParticipant(room, rest.participantId);
    if (before === undefined) room.lastSource += 1;
    const source = before?.connection.source ?? room.lastSource;
    const participantId = before?.connection.participantId ?? rest.participantId;
    room.connections.set(connectionId, {
      connection: { roomId, connectionId, participantId, source, state: 'present' },
      details: encodeDetails(details),
      expiresAt: this.#now() + ttlMs,
    });
    return Promise.resolve({ source, first });
  }

  update(
    roomId: string,
    connectionId: string,
    change: Partial<Pick<PresentConnection, 'state' | 'details'>>,
  ): Promise<PresentConnection | undefined> {
    const room = this.#rooms.get(roomId);
    const before = room?.connections.get(connectionId);
    if (room === undefined || before === undefined) return Promise.resolve(undefined);
    const after: Kept = {
      ...before,
      connection: { ...before.connection, state: change.state ?? before.connection.state },
      details: 'details' in change ? encodeDetails(change.details) : before.details,
    };
    room.connections.set(connectionId, after);
    return Promise.resolve(toPresent(after));
  }

  beat(connections: readonly { roomId: string; connectionId: string }[], ttlMs: number): Promise<string[]> {
    const expiresAt = this.#now() + ttlMs;
    const gone: string[] = [];
    for (const { roomId, connectionId } of connections) {
      const room = this.#rooms.get(roomId);
      const kept = room?.connections.get(connectionId);
      if (room === undefined || kept === undefined) gone.push(connectionId);
      else room.connections.set(connectionId, { ...kept, expiresAt });
    }
    return Promise.resolve(gone);
  }

  leave(roomId: string, connectionId: string): Promise<Departure | undefined> {
    const room = this.#rooms.get(roomId);
    const kept = room?.connections.get(connectionId);
    if (room === undefined || kept === undefined) return Promise.resolve(undefined);
    return Promise.resolve(this.#remove(room, kept));
  }

  list(roomId: string): Promise<PresentConnection[]> {
    const room = this.#rooms.get(roomId);
    return Promise.resolve(room === undefined ? [] : Array.from(room.connections.values(), toPresent));
  }

  rooms(): Promise<string[]> {
    const occupied = [...this.#rooms].filter(([, room]) => room.connections.size > 0);
    return Promise.resolve(occupied.map(([roomId]) => roomId));
  }

  sweep(): Promise<Departure[]> {
    const now = this.#now();
    const departures: Departure[] = [];
    for (const [roomId, room] of this.#rooms) {
      for (const kept of room.connections.values())
        if (kept.expiresAt <= now) departures.push(this.#remove(room, kept));
      if (room.connections.size === 0 && room.emptySince + COUNTER_MS <= now) this.#rooms.delete(roomId);
    }
    return Promise.resolve(departures);
  }

  erase(roomId: string): Promise<void> {
    this.#rooms.delete(roomId);
    return Promise.resolve();
  }

  connected(): boolean {
    return true;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #remove(room: Room, kept: Kept): Departure {
    room.connections.delete(kept.connection.connectionId);
    if (room.connections.size === 0) room.emptySince = this.#now();
    return { connection: toPresent(kept), last: !hasParticipant(room, kept.connection.participantId) };
  }
}

function hasParticipant(room: Room, participantId: string): boolean {
  for (const { connection } of room.connections.values())
    if (connection.participantId === participantId) return true;
  return false;
}

function toPresent(kept: Kept): PresentConnection {
  return { ...kept.connection, details: decodeDetails(kept.details) };
}
