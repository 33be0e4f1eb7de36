import * as z from 'zod';
import { ClientKey } from './ids.ts';
import { LIMITS } from './limits.ts';
import { FloorAction } from './live.ts';
import { MediaState } from './participant.ts';

/** The WebSocket subprotocol, and the path it is served on. */
export const PROTOCOL = 'kss.v1';
export const WS_PATH = '/ws';

/** Chosen by the client, echoed in the `ack` or `error` that answers the request. */
const RequestId = z.int().min(1).max(0xffffffff);

/** The first message of a connection. */
export const Hello = z.object({
  type: z.literal('hello'),
  ticket: z.string().min(1).max(4096),
  /** Sequence of the last event this client has; null: none, send the last page. */
  since: z.int().nonnegative().nullable(),
});
export type Hello = z.infer<typeof Hello>;

export const ClientMessage = z.discriminatedUnion('type', [
  Hello,
  z.object({
    type: z.literal('chat'),
    id: RequestId,
    /** The event will have `ownKey` of it. */
    key: ClientKey,
    text: z.string().trim().min(1).max(LIMITS.chatCharacters),
    /** It is for Gemini, whatever the room's addressing. */
    ask: z.boolean().optional(),
  }),
  /** What this connection sends from now on. */
  z.object({ type: z.literal('media'), id: RequestId, media: MediaState }),
  /** Gemini shall answer what is being said, or was said last. */
  z.object({ type: z.literal('ask'), id: RequestId }),
  z.object({ type: z.literal('floor'), id: RequestId, floor: FloorAction }),
  /** Stop what Gemini is saying. */
  z.object({ type: z.literal('interrupt'), id: RequestId }),
  /** Leave the room; the server closes the connection. */
  z.object({ type: z.literal('leave'), id: RequestId }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;
export type ClientRequest = Exclude<ClientMessage, Hello>;

/** The types a client may send, for telling an unknown type from a malformed message. */
export const CLIENT_MESSAGE_TYPES: ReadonlySet<string> = new Set(
  ClientMessage.options.map((option) => option.shape.type.value),
);
