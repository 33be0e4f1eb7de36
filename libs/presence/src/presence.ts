/** Passages that one call answers. */
export const PASSAGES_AT_ONCE = 200;

/** One connection of a person in a room, as the gateway that holds it reports it. */
export interface PresentConnection {
  readonly roomId: string;
  readonly connectionId: string;
  readonly participantId: string;
  /** Number of this connection in its room's media frames, from 1; assigned by `join`, not given to another one within a day. */
  readonly source: number;
  /** `away`: the connection was lost, the person may come back. */
  readonly state: 'present' | 'away';
  /** What the caller wants kept with the connection: small JSON. */
  readonly details: unknown;
}

/** A connection that comes. */
export interface Joining extends Omit<PresentConnection, 'source' | 'state'> {
  /** Whether it is noted that its person comes and goes; see {@link Presence.unsettled}. */
  readonly announced?: boolean;
  /** People in the room at most, this one included; default: any number. */
  readonly capacity?: number;
  /** The number that it had before the store forgot it: it has it again unless another connection does. */
  readonly formerSource?: number;
  /** It was there all the time, and only the store may have forgotten it: its person comes only if they were noted as gone. */
  readonly rejoin?: boolean;
}

/** What is to become of a connection; what is not named stays. */
export interface ConnectionChange {
  readonly state?: PresentConnection['state'];
  readonly details?: (kept: unknown) => unknown;
}

/** Somebody has come to a room, or has gone, and that has not been settled. */
export interface Passage {
  /** Grows in a room, also when the store was emptied in between. */
  readonly id: string;
  /** `lost`: their connections have expired. */
  readonly kind: 'joined' | 'left' | 'lost';
  /** Somebody came, and nobody else was there. */
  readonly alone: boolean;
  /** The connection with which they came or went, as it was then. */
  readonly connection: PresentConnection;
}

/** A connection that is not there any more. `last`: its person has none left in the room. */
export interface Departure {
  readonly connection: PresentConnection;
  readonly last: boolean;
}

/**
 * Who is in which room. A connection that is not heard of for `ttlMs` has expired, and is taken out by the next `sweep`; until then it
 * counts as there, and a late `beat` keeps it. Every operation is atomic, so that exactly one caller learns that a person came (`first`)
 * or went (`last`), however many processes take part.
 *
 * Everything rejects with `StoreUnavailableError` while the store is away.
 */
export interface Presence {
  /**
   * Adds a connection. `first`: this person comes; they had none in the room before. A repeated join of the same connection only renews
   * it: it keeps its source, and nobody comes.
   * @throws RoomFullError
   */
  join(connection: Joining, ttlMs: number): Promise<{ source: number; first: boolean }>;
  /**
   * Changes state or details; undefined when the connection is not there (any more). `details` makes new ones of those that are kept, and is
   * asked again when somebody else has changed them meanwhile: of two who change different parts at once both count.
   */
  update(
    roomId: string,
    connectionId: string,
    change: ConnectionChange,
  ): Promise<PresentConnection | undefined>;
  /** Reports connections as alive for another `ttlMs`; returns the ids of those that are not there any more. */
  beat(connections: readonly { roomId: string; connectionId: string }[], ttlMs: number): Promise<string[]>;
  /** Removes a connection. Undefined when it was not there. */
  leave(roomId: string, connectionId: string): Promise<Departure | undefined>;
  /** Connections of a room, oldest first. */
  list(roomId: string): Promise<PresentConnection[]>;
  /** Rooms that have connections. */
  rooms(): Promise<string[]>;
  /** Removes the connections that expired, in all rooms; each of them is returned to exactly one caller. A call may leave some to the next one. */
  sweep(): Promise<Departure[]>;
  /**
   * Comings and goings of announced connections in a room, in their order, at most {@link PASSAGES_AT_ONCE}. They are noted in the same
   * step in which they happen, and stay until they are settled, whoever dies meanwhile.
   */
  unsettled(roomId: string): Promise<Passage[]>;
  /** Forgets passages of a room. */
  settle(roomId: string, passageIds: readonly string[]): Promise<void>;
  /** Rooms in which something has been unsettled for at least that long, some of them. */
  unsettledRooms(forMs: number): Promise<string[]>;
  /** Removes everything that is kept of a room, without a departure of anybody. */
  erase(roomId: string): Promise<void>;
  /** Whether it can be reached now. */
  connected(): boolean;
  close(): Promise<void>;
}
