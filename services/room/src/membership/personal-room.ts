import { Role, Room, StudioError } from '@studio/contracts';
import type { Id, ListedRoom, RoomId } from '@studio/contracts';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';
import { newestFirst } from '../rooms/room-id.ts';
import { roomMetadata, roomOfMetadata } from '../rooms/room-object.ts';

const SUFFIX = '.json';
/** Characters of a room's id. */
const ROOM_ID = 22;

const Rest = z.object({
  role: Role,
  /** Of the room, as it was written here. */
  revision: z.coerce.number().int().nonnegative(),
  visitedAt: z.coerce.number().int().nonnegative().optional(),
  /** The visit before, whose object may still be there. */
  visitedBefore: z.coerce.number().int().nonnegative().optional(),
});

/** A room in the list of a person, and how new what is said about it is. */
export type PersonalRoom = ListedRoom & z.infer<typeof Rest>;

/** What the names of all rooms of a person begin with. */
export function personalPrefix(personId: Id): string {
  return `people/${personId}/`;
}

export function personalRoomName(personId: Id, roomId: RoomId): string {
  return personalPrefix(personId) + roomId + SUFFIX;
}

/** What the names of all last visits of a person begin with. */
export function visitPrefix(personId: Id): string {
  return `visits/${personId}/`;
}

/** A visit, which shows the same as the room in the person's list. Names sort as visits do: the last one first. */
export function visitName(personId: Id, roomId: RoomId, at: number): string {
  return visitPrefix(personId) + newestFirst(at) + roomId + SUFFIX;
}

/** Behind which a listing of rooms or visits goes on. */
export function cursorOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1, -SUFFIX.length);
}

/** The name with this cursor. @throws StudioError invalid */
export function nameOfCursor(prefix: string, cursor: string): string {
  if (!/^[A-Za-z0-9_-]{22,29}$/.test(cursor))
    throw new StudioError('invalid', 'This cursor is not one of ours.');
  return prefix + cursor + SUFFIX;
}

/** Everything is metadata, so that a listing is the list. */
export function personalMetadata(room: PersonalRoom): Record<string, string> {
  const { role, revision, visitedAt, visitedBefore } = room;
  return {
    ...roomMetadata(room),
    ...{ role, revision: String(revision) },
    ...(visitedAt !== undefined && { visitedAt: String(visitedAt) }),
    ...(visitedBefore !== undefined && { visitedBefore: String(visitedBefore) }),
  };
}

/** The room of a listed object, or undefined when the object is something else. */
export function personalRoomOf({ name, metadata }: ObjectSummary): PersonalRoom | undefined {
  const room = roomOfMetadata(cursorOf(name).slice(-ROOM_ID), metadata);
  const rest = Rest.safeParse(metadata).data;
  return room && rest && { ...room, ...rest };
}

/**
 * What is to be kept of a room that is there already: the newer one, whoever writes last, and the last visit. What the person is in it was
 * read by whoever writes.
 */
export function mergeRooms(there: PersonalRoom | undefined, one: PersonalRoom): PersonalRoom {
  const newer = there !== undefined && there.revision > one.revision ? there : one;
  const visitedAt = Math.max(there?.visitedAt ?? 0, one.visitedAt ?? 0);
  const visitedBefore = visitedAt > (there?.visitedAt ?? 0) ? there?.visitedAt : there?.visitedBefore;
  return {
    ...Room.parse(newer),
    ...{ revision: newer.revision, role: one.role },
    ...(visitedAt > 0 && { visitedAt }),
    ...(visitedBefore !== undefined && { visitedBefore }),
  };
}

/** When the person was in the room, as far as objects of that may be there. */
export function visitsOf(room: PersonalRoom | undefined): number[] {
  return [room?.visitedAt, room?.visitedBefore].filter((at) => at !== undefined);
}
