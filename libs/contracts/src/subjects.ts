import type { RoomId } from './ids.ts';
import type { MediaKind } from './media-frame.ts';

const KIND_NAMES = { 1: 'microphone', 2: 'camera', 3: 'screen', 4: 'voice' } as const satisfies Record<
  MediaKind,
  string
>;

/** Bus subjects. Tokens are separated by dots; `*` stands for one token when subscribing. */
export const SUBJECT = {
  /** Media frames of one kind in a room, as they travel on the WebSocket. */
  media: (roomId: RoomId, kind: MediaKind) => `media.${roomId}.${KIND_NAMES[kind]}`,
  mediaOfRoom: (roomId: RoomId) => `media.${roomId}.*`,
  /** Appended events of a room: JSON of `Event`. */
  event: (roomId: RoomId) => `event.${roomId}`,
  /** Signals of a room: JSON of `Signal`, relayed unchanged to every connection. */
  signal: (roomId: RoomId) => `signal.${roomId}`,
  /** Requests to whoever owns the room's Live session: JSON of `LiveCommand`. Nobody answers when there is no owner. */
  live: (roomId: RoomId) => `live.${roomId}`,
  /** Somebody is in the room: a gemini-session replica should own it. JSON of `RoomId`; one replica of the queue takes it. */
  wake: 'wake',
  /** Requests to a service: JSON of the request in `RPC`. */
  rpc: (method: string) => `rpc.${method}`,
} as const;
