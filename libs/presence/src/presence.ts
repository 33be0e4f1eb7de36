/** One connection of a person in a room, as the gateway that holds it reports it. */
export interface PresentConnection {
  readonly roomId: string;
  readonly connectionId: string;
  readonly participantId: string;
  /** Number of this connection in its room's media frames, from 1; assigned by `join`, not given again within a day. */
  readonly source: number;
  /** `away`: the connection was lost, the person may come back. */
  readonly state: 'present' | 'away';
  /** What the caller wants kept with the connection: small JSON. */
  readonly details: unknown;
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
   * Adds a connection. `first`: this person had none in the room before. A repeated join of the same connection only renews it:
   * it keeps its source, and nobody comes.
   */
  join(
    connection: Omit<PresentConnection, 'source' | 'state'>,
    ttlMs: number,
  ): Promise<{ source: number; first: boolean }>;
  /** Changes state or details; undefined when the connection is not there (any more). */
  update(
    roomId: string,
    connectionId: string,
    change: Partial<Pick<PresentConnection, 'state' | 'details'>>,
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
  /** Removes everything that is kept of a room, without a departure of anybody. */
  erase(roomId: string): Promise<void>;
  /** Whether it can be reached now. */
  connected(): boolean;
  close(): Promise<void>;
}
