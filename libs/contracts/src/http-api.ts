import * as z from 'zod';
import { Id } from './ids.ts';
import { DisplayName } from './participant.ts';
import { LiveInfo } from './live.ts';
import { LiveSettings } from './live-settings.ts';
import { LiveUsage } from './live-usage.ts';
import { Room, Visibility } from './room.ts';

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
export const CreateRoomBody = z.object({ name: DisplayName, visibility: Visibility.default('listed') });
export type CreateRoomBody = z.input<typeof CreateRoomBody>;
/** GET /api/rooms?cursor=&limit= : newest first. */
export const RoomList = z.object({ rooms: z.array(Room), next: z.string().optional() });
export type RoomList = z.infer<typeof RoomList>;
/** POST /api/rooms/:id/ticket. `expiresAt` is milliseconds since the epoch. */
export const TicketView = z.object({ ticket: z.string(), expiresAt: z.int() });
export type TicketView = z.infer<typeof TicketView>;

/**
 * GET and PUT /api/rooms/:id/live: how Gemini takes part in a room. The version is the ETag; a PUT with `If-Match` of an older one is
 * refused with 412, without `If-Match` it replaces what is there. PUT takes `LiveSettings`: an option that is not named gets its default.
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
