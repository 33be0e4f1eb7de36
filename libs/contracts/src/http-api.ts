import * as z from 'zod';
import { Id } from './ids.ts';
import { DisplayName } from './participant.ts';
import { LiveInfo } from './live.ts';
import { LiveSettings } from './live-settings.ts';
import { LiveUsage } from './live-usage.ts';
import { Role } from './permissions.ts';
import { Entry, GivenRole, Invite, ListedRoom, Member, Passcode, Room, Visibility } from './room.ts';

/** Who is signed in. */
export const User = z.object({ id: Id, name: DisplayName });
export type User = z.infer<typeof User>;

/** POST /api/session: sign in as a guest, where configuration allows guests. */
export const SignInBody = z.object({ name: DisplayName });
/** POST /api/session. */
export const SignedInView = z.object({ user: User });
/** GET /api/session: null when nobody is signed in, which is an answer and not an error. */
export const SessionView = z.object({ user: User.nullable() });
/** GET /api/studio: what a client may know before anybody signs in. */
export const StudioView = z.object({ version: z.string(), guests: z.boolean(), live: LiveInfo });
export type StudioView = z.infer<typeof StudioView>;

/** POST /api/rooms. */
export const CreateRoomBody = z.object({
  name: DisplayName,
  visibility: Visibility.default('listed'),
  lobby: z.boolean().default(false),
  passcode: Passcode.nullable().default(null),
});
export type CreateRoomBody = z.input<typeof CreateRoomBody>;
/** GET /api/rooms?scope=&cursor=&limit= : newest first, `recent` by visit. */
export const RoomList = z.object({ rooms: z.array(ListedRoom), next: z.string().optional() });
export type RoomList = z.infer<typeof RoomList>;
/**
 * GET /api/rooms/:id, and the answer of PATCH (a `RoomChange`): the room, what the person is in it (null: has not been in it), and what
 * stands between the person and the room. The ETag is that of this view: the version, and what the person is. A PATCH whose `If-Match` has
 * an older version, as an ETag or bare in quotes, is refused with 412, whose problem has the `current` view.
 */
export const RoomView = z.object({ room: Room, role: Role.nullable(), entry: Entry, version: z.string() });
export type RoomView = z.infer<typeof RoomView>;

/** POST /api/rooms/:id/ticket: to enter, with what the person brings. */
export const EnterBody = z.object({ invite: Id.optional(), passcode: Passcode.optional() });
export type EnterBody = z.infer<typeof EnterBody>;
/** A ticket; `expiresAt` is milliseconds since the epoch. */
export const TicketView = z.object({ ticket: z.string(), expiresAt: z.int() });
export type TicketView = z.infer<typeof TicketView>;
/** 202: the person waits in the lobby, and keeps waiting by asking again after `retryMs` milliseconds. */
export const LobbyView = z.object({ waiting: z.literal(true), retryMs: z.int().positive() });
export type LobbyView = z.infer<typeof LobbyView>;
/** What POST /api/rooms/:id/ticket answers. */
export const EntranceView = z.union([TicketView, LobbyView]);
export type EntranceView = z.infer<typeof EntranceView>;

/** GET and POST /api/rooms/:id/invites, DELETE /api/rooms/:id/invites/:inviteId. */
export const InviteList = z.object({ invites: z.array(Invite) });
export const InviteBody = z.object({
  role: GivenRole.default('member'),
  /** Hours until it expires; null: never. */
  hours: z
    .int()
    .min(1)
    .max(24 * 365)
    .nullable()
    .default(24 * 7),
});
export type InviteBody = z.input<typeof InviteBody>;

/** GET /api/rooms/:id/members?cursor= */
export const MemberList = z.object({ members: z.array(Member), next: z.string().optional() });
export type MemberList = z.infer<typeof MemberList>;
/**
 * PATCH /api/rooms/:id/members/:memberId. `role: "owner"` hands the room over; `state: "removed"` puts somebody out, `"member"` takes them
 * back. POST …/mute switches their microphone off.
 */
export const MemberBody = z.union([
  z.strictObject({ role: Role }),
  z.strictObject({ state: Member.shape.state }),
]);
export type MemberBody = z.infer<typeof MemberBody>;

/** POST /api/rooms/:id/lobby/:personId: let somebody in who knocks, or not. */
export const KnockAnswer = z.object({ admit: z.boolean() });
/** PUT /api/rooms/:id/status: close for all, or reopen. */
export const StatusBody = z.object({ status: Room.shape.status });

/**
 * GET and PUT /api/rooms/:id/live: how Gemini takes part in a room. The version is the ETag; a PUT with `If-Match` of an older one is
 * refused with 412, whose problem has the `current` view, without `If-Match` it replaces what is there. PUT takes `LiveSettings`: an option that is not named gets its default.
 * The repetition of the change that was made last is answered like the change. 403 for whoever may not configure, 400 for what the model
 * does not take.
 */
export const RoomLiveView = z.object({
  settings: LiveSettings,
  version: z.string(),
  /** What a room of this studio has that was never set up. */
  defaults: LiveSettings,
  usage: LiveUsage,
});
export type RoomLiveView = z.infer<typeof RoomLiveView>;
