import * as z from 'zod';
import { EventBody, EventPage } from './event.ts';
import { ClientKey, Id, IdempotencyKey, RoomId } from './ids.ts';
import { FloorAction, LiveInfo, LiveStatus } from './live.ts';
import { LiveSettings } from './live-settings.ts';
import { LiveUsage } from './live-usage.ts';
import { Actor, DisplayName, MediaState, Participant } from './participant.ts';
import { Role } from './permissions.ts';
import {
  Entry,
  GivenRole,
  Invite,
  Knock,
  ListedRoom,
  Member,
  Passcode,
  Room,
  RoomChange,
  RoomScope,
  Visibility,
} from './room.ts';
import { RoomHits, SearchQuery, StudioHits } from './search.ts';

const User = z.object({ id: Id, name: DisplayName });
const Done = z.object({});
const RoomAccess = z.object({ room: Room, role: Role.nullable(), entry: Entry, version: z.string() });

/**
 * Every request between services: what is asked and what is answered. The name is also the Nest message pattern. What is `repeatable` may
 * be done twice, and also late: it changes nothing, or has a key, or makes sure of something. It is asked again where no answer comes soon.
 */
export const RPC = {
  'room.create': {
    request: z.object({
      name: DisplayName,
      visibility: Visibility,
      lobby: z.boolean().optional(),
      passcode: Passcode.nullable().optional(),
      owner: User,
      /** The owner's key for this room: with the same one the same room is answered, and no other one is made, for a day. */
      key: ClientKey.optional(),
    }),
    response: Room,
  },
  'room.list': {
    repeatable: true,
    request: z.object({
      userId: Id,
      /** Default: `open`. */
      scope: RoomScope.optional(),
      cursor: z.string().optional(),
      limit: z.int().min(1).max(200),
    }),
    response: z.object({ rooms: z.array(ListedRoom), next: z.string().optional() }),
  },
  'room.get': { repeatable: true, request: z.object({ roomId: RoomId }), response: Room },
  /** A room as a person sees it, open or closed; `not_found` when there is none. `role` is null for who has not been in it. */
  'room.access': {
    repeatable: true,
    request: z.object({ roomId: RoomId, userId: Id }),
    response: RoomAccess,
  },
  /**
   * A person wants to enter, and becomes a member if they may. `waiting`: they knock, and go on knocking by asking again within
   * `LIMITS.knockMs`. `passcode`, `locked`, `closed`, `forbidden` when they may not.
   */
  'room.enter': {
    repeatable: true,
    request: z.object({
      roomId: RoomId,
      user: User,
      invite: Id.optional(),
      passcode: Passcode.optional(),
      /** Which try with a passcode this is, the same when the request is asked again; and the network that it comes from, if that is known. */
      attempt: z.object({ id: Id, network: z.string().max(64).optional() }).optional(),
    }),
    response: z.discriminatedUnion('state', [
      z.object({ state: z.literal('admitted'), room: Room, role: Role }),
      z.object({ state: z.literal('waiting'), retryMs: z.int().positive() }),
    ]),
  },
  /** Changes settings and appends `room.changed`. `precondition_failed` when `version` is not the newest any more. */
  'room.change': {
    request: z.object({ roomId: RoomId, user: User, change: RoomChange, version: z.string().optional() }),
    response: RoomAccess,
  },
  /** Closes the room for all, or reopens it. */
  'room.setStatus': {
    request: z.object({ roomId: RoomId, user: User, status: Room.shape.status }),
    response: RoomAccess,
  },
  /** Deletes the room with everything that is kept of it. */
  'room.delete': { request: z.object({ roomId: RoomId, user: User }), response: Done },
  'room.invites': {
    repeatable: true,
    request: z.object({ roomId: RoomId, userId: Id }),
    response: z.object({ invites: z.array(Invite) }),
  },
  'room.invite': {
    request: z.object({
      roomId: RoomId,
      user: User,
      role: GivenRole,
      expiresAt: z.int().nonnegative().nullable(),
    }),
    response: Invite,
  },
  'room.revoke': { request: z.object({ roomId: RoomId, user: User, inviteId: Id }), response: Done },
  'room.members': {
    repeatable: true,
    request: z.object({
      roomId: RoomId,
      userId: Id,
      cursor: z.string().optional(),
      limit: z.int().min(1).max(200),
    }),
    response: z.object({ members: z.array(Member), next: z.string().optional() }),
  },
  /** Gives a role; `owner` hands the room over. Appends `participant.role`. */
  'room.setRole': {
    request: z.object({ roomId: RoomId, user: User, memberId: Id, role: Role }),
    response: Member,
  },
  /** Puts somebody out, or takes them back. Appends `participant.removed` or `participant.restored`. */
  'room.setMember': {
    request: z.object({ roomId: RoomId, user: User, memberId: Id, state: Member.shape.state }),
    response: Member,
  },
  /** Appends `participant.muted`, by which the gateways act. */
  'room.mute': { request: z.object({ roomId: RoomId, user: User, memberId: Id }), response: Done },
  /** Lets somebody in who knocks, or not. */
  'room.answerKnock': {
    request: z.object({ roomId: RoomId, user: User, personId: Id, admit: z.boolean() }),
    response: Done,
  },
  /**
   * A connection of a member enters; `forbidden` for others. The first one of a person appends `participant.joined`; not when it is a
   * `rejoin`, by which a gateway tells the presence store of a connection that it has forgotten, unless the room was told that the person
   * is gone. `source`: the number that it has had until now, which it keeps unless another one has it.
   */
  'room.join': {
    request: z.object({
      roomId: RoomId,
      connectionId: Id,
      user: User,
      media: MediaState,
      rejoin: z.boolean().optional(),
      source: z.int().positive().optional(),
    }),
    response: z.object({
      room: Room,
      role: Role,
      source: z.int().positive(),
      participants: z.array(Participant),
      lobby: z.array(Knock),
      head: z.int().nonnegative(),
      /** Sequence of the oldest event that a connection may begin with: 1 unless retention has deleted some. */
      first: z.int().positive().default(1),
    }),
  },
  /** The truth about a room, by which a gateway mends what the bus has lost. */
  'room.pulse': {
    repeatable: true,
    request: z.object({ roomId: RoomId }),
    response: z.object({
      head: z.int().nonnegative(),
      participants: z.array(Participant),
      lobby: z.array(Knock),
    }),
  },
  /** Words in the conversation of a room, newest first; `before`: older than this sequence. */
  'room.search': {
    request: z.object({
      roomId: RoomId,
      query: SearchQuery,
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(100),
    }),
    response: RoomHits,
  },
  /** Words in all rooms of a person. */
  'room.searchAll': {
    request: z.object({ userId: Id, query: SearchQuery, cursor: z.string().optional() }),
    response: StudioHits,
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
    repeatable: true,
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
    repeatable: true,
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
    repeatable: true,
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
  'room.usage': { repeatable: true, request: z.object({ roomId: RoomId }), response: LiveUsage },
  /** Written by the owner of the Live session: refused when a newer owner has written. */
  'room.setUsage': {
    request: z.object({ roomId: RoomId, usage: LiveUsage, ownerToken: z.int().positive() }),
    response: Done,
  },
  'live.info': { repeatable: true, request: z.object({}), response: LiveInfo },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType; repeatable?: true }>;

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
