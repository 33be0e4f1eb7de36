import type { Id, Role, Room } from '@studio/contracts';

/** What a person is in a room. */
export function roleIn(room: Room, userId: Id): Role {
  return userId === room.ownerId ? 'owner' : 'member';
}
