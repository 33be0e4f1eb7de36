import type { MediaKind } from '@studio/contracts';

/** What a room tells each of its connections. The same buffers go to all of them: nobody may change them. */
export interface RoomListener {
  /** Media frames with this source are its own, and are not sent to it. */
  readonly source: number;
  /** @param now milliseconds of `performance.now()` */
  media(frame: Buffer, kind: MediaKind, now: number): void;
  /** A whole message, JSON as it travels on the WebSocket. */
  message(json: Buffer): void;
}
