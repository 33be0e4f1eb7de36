import * as z from 'zod';
import { EventBody, EventPage } from './event.ts';
import { Id, IdempotencyKey, RoomId } from './ids.ts';
import { FloorAction, LiveInfo, LiveStatus } from './live.ts';
import { LiveSettings } from './live-settings.ts';
import { LiveUsage } from './live-usage.ts';
import { Actor, DisplayName, MediaState, Participant } from './participant.ts';
import { Role } from './permissions.ts';
import { Room, Visibility } from './room.ts';

const User = z.object({ id: Id, name: DisplayName });
const Done = z.object({});

/** Every request between services: what is asked and what is answered. The name is also the Nest message pattern. */
export const RPC = {
  'room.create': {
    request: z.object({ name: DisplayName, visibility: Visibility, owner: User }),
    response: Room,
  },
  'room.list': {
    request: z.object({ userId: Id, cursor: z.string().optional(), limit: z.int().min(1).max(200) }),
    response: z.object({ rooms: z.array(Room), next: z.string().optional() }),
  },
  'room.get': { request: z.object({ roomId: RoomId }), response: Room },
  /** What a person may do in a room; `not_found` when there is no such room. */
  'room.admit': {
    request: z.object({ roomId: RoomId, userId: Id }),
    response: z.object({ room: Room, role: Role }),
  },
  /** A connection enters. The first one of a person appends `participant.joined`. */
  'room.join': {
    request: z.object({ roomId: RoomId, connectionId: Id, user: User, role: Role, media: MediaState }),
    response: z.object({
      room: Room,
      source: z.int().positive(),
      participants: z.array(Participant),
      head: z.int().nonnegative(),
    }),
  },
  /** A connection ends: `left` at once, `lost` keeps the person as away until their presence expires. */
  'room.leave': {
    request: z.object({ roomId: RoomId, connectionId: Id, reason: z.enum(['left', 'lost']) }),
    response: Done,
  },
  'room.media': {
    request: z.object({ roomId: RoomId, connectionId: Id, media: MediaState }),
    response: Done,
  },
  /** Appends one event. A repeated key answers the sequence of the first time. */
  'room.append': {
    request: z.object({
      roomId: RoomId,
      key: IdempotencyKey,
      actor: Actor,
      body: EventBody,
      /** Set by the owner of a Live session: refused when a newer owner has written. */
      ownerToken: z.int().positive().optional(),
    }),
    response: z.object({ seq: z.int().positive(), duplicate: z.boolean() }),
  },
  /**
   * Events in order: those after `after`, or the last ones before `before`, or the newest ones. Fewer than `limit`, but at least one, when
   * they are large (512 KiB a page): `head` tells whether more follow.
   */
  'room.events': {
    request: z.object({
      roomId: RoomId,
      after: z.int().nonnegative().optional(),
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(1_000),
    }),
    response: EventPage,
  },
  /** How Gemini takes part in a room. `version` changes with every change; a room that was never set up has the `defaults`. */
  'room.live': {
    request: z.object({ roomId: RoomId }),
    response: z.object({ settings: LiveSettings, version: z.string(), defaults: LiveSettings }),
  },
  /**
   * Replaces the settings and appends `live.settings`. `precondition_failed` when `version` is not the newest any more; `forbidden`;
   * `invalid` when the model does not take them, with a message that says why.
   */
  'room.setLive': {
    request: z.object({ roomId: RoomId, user: User, settings: LiveSettings, version: z.string().optional() }),
    response: z.object({ settings: LiveSettings, version: z.string(), defaults: LiveSettings }),
  },
  /** What Gemini has used in a room, as it was written last. */
  'room.usage': { request: z.object({ roomId: RoomId }), response: LiveUsage },
  /** Written by the owner of the Live session: refused when a newer owner has written. */
  'room.setUsage': {
    request: z.object({ roomId: RoomId, usage: LiveUsage, ownerToken: z.int().positive() }),
    response: Done,
  },
  'live.info': { request: z.object({}), response: LiveInfo },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

export type RpcMethod = keyof typeof RPC;
export type RpcRequest<M extends RpcMethod> = z.infer<(typeof RPC)[M]['request']>;
export type RpcResponse<M extends RpcMethod> = z.infer<(typeof RPC)[M]['response']>;

/** What the owner of a room's Live session is asked, on the subject `SUBJECT.live`. The answer is the status after it. */
export const LiveCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status') }),
  z.object({ type: z.literal('interrupt') }),
  z.object({ type: z.literal('ask'), by: Actor }),
  /** `source`: the connection that acts. The gateway has checked the permission. */
  z.object({ type: z.literal('floor'), by: Actor, source: z.int().positive(), floor: FloorAction }),
]);
export type LiveCommand = z.infer<typeof LiveCommand>;
export const LiveAnswer = LiveStatus;
