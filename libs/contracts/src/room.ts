import * as z from 'zod';
import { Id, RoomId } from './ids.ts';
import { DisplayName } from './participant.ts';
import { Role } from './permissions.ts';

/**
 * Who finds a room and may enter it: everybody signed in to this studio, whoever has its link, or only those who were invited or have been
 * in it before.
 */
export const Visibility = z.enum(['listed', 'link', 'invited']);
export type Visibility = z.infer<typeof Visibility>;

/** Longest time for which a conversation can be kept on purpose, in days: ten years. */
const MOST_RETENTION_DAYS = 3_650;

/** Keeps out who does not know it: 4 to 64 characters on one line. */
export const Passcode = z
  .string()
  .min(4, 'at least 4 characters')
  .max(64, 'at most 64 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'a passcode is one line of text');

/** Without defaults: in a change, what is not named stays. */
const SETTINGS = {
  name: DisplayName,
  visibility: Visibility,
  /** Nobody enters who has not been in the room before. */
  locked: z.boolean(),
  /** Who has not been in the room before and has no invite knocks, and is let in by an owner or a moderator. */
  lobby: z.boolean(),
  /** Events older than this are deleted; null: as long as the studio keeps them. */
  retentionDays: z.int().min(1).max(MOST_RETENTION_DAYS).nullable(),
};

/** What owners and moderators of a room decide. */
export const RoomSettings = z.object({
  ...SETTINGS,
  locked: SETTINGS.locked.default(false),
  lobby: SETTINGS.lobby.default(false),
  retentionDays: SETTINGS.retentionDays.default(null),
});
export type RoomSettings = z.infer<typeof RoomSettings>;

/** What a new room has besides its name and its visibility. */
export const NEW_ROOM = { locked: false, lobby: false, retentionDays: null, passcode: false } as const;

export const Room = RoomSettings.extend({
  id: RoomId,
  ownerId: Id,
  ownerName: DisplayName,
  /** Whether a newcomer without an invite needs one. */
  passcode: z.boolean().default(false),
  status: z.enum(['open', 'closed']),
  /** Milliseconds since the epoch. */
  createdAt: z.int().nonnegative(),
});
export type Room = z.infer<typeof Room>;

/** A change of a room's settings: what is not named stays. `passcode: null` takes it away. */
export const RoomChange = z
  .strictObject({ ...SETTINGS, passcode: Passcode.nullable() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'nothing is to be changed');
export type RoomChange = z.infer<typeof RoomChange>;

/** A room in a list. `role` and `visitedAt` (milliseconds since the epoch) are there when the person has been in it. */
export const ListedRoom = Room.extend({
  role: Role.optional(),
  visitedAt: z.int().nonnegative().optional(),
});
export type ListedRoom = z.infer<typeof ListedRoom>;

/** Which rooms a list shows: those in which the person is a member, those open to everybody, or those the person was in last. */
export const RoomScope = z.enum(['mine', 'open', 'recent']);
export type RoomScope = z.infer<typeof RoomScope>;

/** What stands between a person and a room now. `free`: nothing. */
export const Entry = z.enum(['free', 'passcode', 'knock', 'locked', 'invite', 'removed', 'closed']);
export type Entry = z.infer<typeof Entry>;

/** The roles that can be given; there is one owner, and ownership is handed over. */
export const GivenRole = Role.exclude(['owner']);
export type GivenRole = z.infer<typeof GivenRole>;

/** A link that lets people in with a role, past lobby and passcode, until it expires or is revoked. The id is the secret in it. */
export const Invite = z.object({
  id: Id,
  role: GivenRole,
  /** Milliseconds since the epoch; null: does not expire. */
  expiresAt: z.int().nonnegative().nullable(),
  createdAt: z.int().nonnegative(),
  createdBy: DisplayName,
});
export type Invite = z.infer<typeof Invite>;

/** A person who has been in the room, or was kept out of it for good. */
export const Member = z.object({
  id: Id,
  name: DisplayName,
  role: Role,
  /** `removed`: may not enter until an owner or a moderator takes them back. */
  state: z.enum(['member', 'removed']),
  /** First entry, milliseconds since the epoch. */
  since: z.int().nonnegative(),
});
export type Member = z.infer<typeof Member>;

/** Somebody who waits in the lobby. `at`: since when, milliseconds since the epoch. */
export const Knock = z.object({ id: Id, name: DisplayName, at: z.int().nonnegative() });
export type Knock = z.infer<typeof Knock>;
