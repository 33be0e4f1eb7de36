import * as z from 'zod';
import { Id, RoomId } from './ids.ts';
import { DisplayName } from './participant.ts';

/** Who finds a room in the list: everybody signed in to this studio, or only those who have its link. */
export const Visibility = z.enum(['listed', 'link']);

export const Room = z.object({
  id: RoomId,
  name: DisplayName,
  ownerId: Id,
  ownerName: DisplayName,
  visibility: Visibility,
  status: z.enum(['open', 'closed']),
  /** Milliseconds since the epoch. */
  createdAt: z.int().nonnegative(),
});
export type Room = z.infer<typeof Room>;
