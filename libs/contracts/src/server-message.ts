import * as z from 'zod';
import { ErrorCode } from './errors.ts';
import { Event } from './event.ts';
import { Id, IdempotencyKey, ParticipantId } from './ids.ts';
import { LiveInfo, LiveStatus } from './live.ts';
import { Participant } from './participant.ts';
import { Role } from './permissions.ts';
import { Knock, Room } from './room.ts';

/** Answers a valid `hello`. Missed events follow it, then live ones, without gap or double. */
export const Welcome = z.object({
  type: z.literal('welcome'),
  connectionId: Id,
  participantId: Id,
  /** The number that stands in the header of this connection's own media frames. */
  source: z.int().positive(),
  role: Role,
  room: Room,
  participants: z.array(Participant),
  /** Who waits in the lobby. */
  lobby: z.array(Knock),
  live: LiveStatus,
  liveInfo: LiveInfo,
  /** Events after this sequence follow. */
  since: z.int().nonnegative(),
  /** Sequence of the room's newest event when the welcome was written. */
  head: z.int().nonnegative(),
  /** False: `since` is not the one the client named; it must forget its events and load history before `since` anew. */
  recovered: z.boolean(),
  /** The server sends something at least this often; a client that hears nothing for longer is cut off. Milliseconds. */
  heartbeatMs: z.int().positive(),
});
export type Welcome = z.infer<typeof Welcome>;

/** Messages that a service publishes to everybody in a room as they are; they are not kept. */
export const Signal = z.discriminatedUnion('type', [
  /** A participant as they are now, new or changed. */
  z.object({ type: z.literal('participant'), participant: Participant }),
  z.object({ type: z.literal('participant.gone'), participantId: ParticipantId }),
  /** Who waits in the lobby now. */
  z.object({ type: z.literal('lobby'), waiting: z.array(Knock) }),
  /** A turn while it is being spoken: the whole text so far. The event with the same key replaces it. */
  z.object({
    type: z.literal('transcript'),
    key: IdempotencyKey,
    participantId: ParticipantId,
    text: z.string(),
  }),
  /** The turn with this key ended without words. */
  z.object({ type: z.literal('transcript.dropped'), key: IdempotencyKey }),
  /** A tool that Gemini has called begins, or has ended. The event with the same key tells what came of it. */
  z.object({
    type: z.literal('tool'),
    key: IdempotencyKey,
    name: z.string(),
    state: z.enum(['running', 'ended']),
  }),
  z.object({ type: z.literal('live'), status: LiveStatus }),
]);
export type Signal = z.infer<typeof Signal>;

export const ServerMessage = z.discriminatedUnion('type', [
  Welcome,
  ...Signal.options,
  z.object({ type: z.literal('event'), event: Event }),
  /** The request was done; `seq` is there when it made an event, which is then durable. */
  z.object({ type: z.literal('ack'), id: z.int(), seq: z.int().positive().optional() }),
  /** A request was refused (`id`), or something about this connection went wrong (no `id`). */
  z.object({ type: z.literal('error'), id: z.int().optional(), code: ErrorCode, message: z.string() }),
  /** Sent every `heartbeatMs`: a client whose last event is older than `seq` has missed something. */
  z.object({ type: z.literal('heartbeat'), seq: z.int().nonnegative() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
