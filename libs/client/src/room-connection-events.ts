import type {
  Actor,
  Close,
  Event,
  MediaHeader,
  Role,
  Room,
  Signal,
  StudioError,
  Welcome,
} from '@studio/contracts';

/**
 * `connecting`: for the first time; `open`: the server has welcomed this connection; `reconnecting`: it was open or connecting
 * and is coming back by itself; `closed`: not opened yet, or ended for good.
 */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** Why a connection has ended for good. */
export interface Closed {
  /** The entry of the table of close codes, when the server has closed the connection with one of them. */
  readonly close?: Close;
  /** The error of the HTTP API, when no ticket was to be had. */
  readonly error?: StudioError;
}

/** What a `RoomConnection` tells, by event name. */
export interface RoomConnectionEvents {
  state: ConnectionState;
  /** The server's view of the room, at the beginning of every connection: it replaces what was known before. */
  welcome: Welcome;
  /** Comes right after `welcome` when events were missed that will not follow: forget all events, and load those before
   * `since + 1` from the history. Also on the first connection, unless it was given the sequence to go on from. */
  reset: { since: number };
  /** Every event of the room once, in order, without a gap since the last `reset`. */
  event: Event;
  signal: Signal;
  /** What the person may do in the room now; also after the first `welcome`. */
  role: Role;
  /** The room as it is now: its settings, its owner, whether it is open; also after the first `welcome`. */
  room: Room;
  /** Somebody has switched this person's microphone off. That is said already; what records must stop, until the person wants to speak again. */
  muted: { by: Actor };
  /** `payload` is a view on the message; nobody changes it afterwards. */
  media: { header: MediaHeader; payload: Uint8Array<ArrayBuffer> };
  /** Something about this connection went wrong which is not the answer to a request. */
  warning: StudioError;
  closed: Closed;
}
