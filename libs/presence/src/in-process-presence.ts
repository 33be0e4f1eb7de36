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
import { COUNTER_MS } from './retention.ts';
import { RoomFullError } from './room-full-error.ts';

interface Kept {
  readonly connection: Omit<PresentConnection, 'details'>;
  /** JSON, as a store in another process would keep it: nobody shares an object with it. */
  readonly details: string;
  readonly expiresAt: number;
  readonly announced: boolean;
}

interface Room {
  lastSource: number;
  /** By connection id, oldest first. */
  readonly connections: Map<string, Kept>;
  emptySince: number;
  /** Announced people who were noted as gone and did not come again. */
  readonly gone: Set<string>;
  readonly passages: (Passage & { readonly notedAt: number })[];
}

/** The presence of a studio that is one process. */
export class InProcessPresence implements Presence {
  readonly #now: () => number;
  readonly #rooms = new Map<string, Room>();
  #lastPassage = 0;

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  join(connection: Joining, ttlMs: number): Promise<{ source: number; first: boolean }> {
    const { roomId, connectionId, details, capacity = Infinity, rejoin = false } = connection;
    const room = this.#rooms.get(roomId) ?? emptyRoom();
    const before = room.connections.get(connectionId);
    const participantId = before?.connection.participantId ?? connection.participantId;
    const alone = before === undefined && !hasParticipant(room, participantId);
    if (alone && peopleOf(room).size >= capacity)
      return Promise.reject(new RoomFullError('the room is full'));
    this.#rooms.set(roomId, room);
    const source = before?.connection.source ?? takeSource(room, connection.formerSource);
    const first = alone && (room.gone.delete(participantId) || !rejoin);
    const kept: Kept = {
      connection: { roomId, connectionId, participantId, source, state: 'present' },
      details: encodeDetails(details),
      expiresAt: this.#now() + ttlMs,
      announced: before?.announced ?? connection.announced ?? false,
    };
    room.connections.set(connectionId, kept);
    if (first && kept.announced) this.#note(room, 'joined', kept);
    return Promise.resolve({ source, first });
  }

  update(
    roomId: string,
    connectionId: string,
    change: ConnectionChange,
  ): Promise<PresentConnection | undefined> {
    const room = this.#rooms.get(roomId);
    const before = room?.connections.get(connectionId);
    if (room === undefined || before === undefined) return Promise.resolve(undefined);
    const after: Kept = {
      ...before,
      connection: { ...before.connection, state: change.state ?? before.connection.state },
      details: change.details ? encodeDetails(change.details(decodeDetails(before.details))) : before.details,
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
    return Promise.resolve(this.#remove(room, kept, 'left'));
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
        if (kept.expiresAt <= now) departures.push(this.#remove(room, kept, 'lost'));
      const unused = room.connections.size === 0 && room.passages.length === 0;
      if (unused && room.emptySince + COUNTER_MS <= now) this.#rooms.delete(roomId);
    }
    return Promise.resolve(departures);
  }

  unsettled(roomId: string): Promise<Passage[]> {
    const passages = this.#rooms.get(roomId)?.passages.slice(0, PASSAGES_AT_ONCE) ?? [];
    return Promise.resolve(passages.map(({ notedAt: _, ...passage }) => passage));
  }

  settle(roomId: string, passageIds: readonly string[]): Promise<void> {
    const passages = this.#rooms.get(roomId)?.passages ?? [];
    const open = passages.filter(({ id }) => !passageIds.includes(id));
    passages.splice(0, passages.length, ...open);
    return Promise.resolve();
  }

  unsettledRooms(forMs: number): Promise<string[]> {
    const until = this.#now() - forMs;
    const unsettled = [...this.#rooms].filter(
      ([, { passages }]) => (passages[0]?.notedAt ?? Infinity) <= until,
    );
    return Promise.resolve(unsettled.map(([roomId]) => roomId));
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

  #remove(room: Room, kept: Kept, kind: 'left' | 'lost'): Departure {
    const { connectionId, participantId } = kept.connection;
    room.connections.delete(connectionId);
    if (room.connections.size === 0) room.emptySince = this.#now();
    const last = !hasParticipant(room, participantId);
    if (last && kept.announced) {
      room.gone.add(participantId);
      this.#note(room, kind, kept);
    }
    return { connection: toPresent(kept), last };
  }

  #note(room: Room, kind: Passage['kind'], kept: Kept): void {
    const notedAt = this.#now();
    this.#lastPassage = Math.max(this.#lastPassage + 1, notedAt * 1_000);
    const alone = kind === 'joined' && peopleOf(room).size === 1;
    room.passages.push({ id: `${this.#lastPassage}`, kind, alone, connection: toPresent(kept), notedAt });
  }
}

function emptyRoom(): Room {
  return { lastSource: 0, connections: new Map(), emptySince: 0, gone: new Set(), passages: [] };
}

function takeSource(room: Room, former = 0): number {
  const taken =
    former === 0 ||
    Array.from(room.connections.values()).some(({ connection }) => connection.source === former);
  const source = taken ? room.lastSource + 1 : former;
  room.lastSource = Math.max(room.lastSource, source);
  return source;
}

function peopleOf(room: Room): Set<string> {
  return new Set(Array.from(room.connections.values(), ({ connection }) => connection.participantId));
}

function hasParticipant(room: Room, participantId: string): boolean {
  for (const { connection } of room.connections.values())
    if (connection.participantId === participantId) return true;
  return false;
}

function toPresent(kept: Kept): PresentConnection {
  return { ...kept.connection, details: decodeDetails(kept.details) };
}
