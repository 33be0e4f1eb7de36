import { Role, Room } from '@studio/contracts';
import type { Id, ListedRoom, RoomId } from '@studio/contracts';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';
import { roomMetadata, roomOfMetadata } from '../rooms/room-object.ts';

const SUFFIX = '.json';

const Rest = z.object({
  role: Role,
  /** Of the room, as it was written here. */
  revision: z.coerce.number().int().nonnegative(),
  visitedAt: z.coerce.number().int().nonnegative().optional(),
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

export function roomIdOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1, -SUFFIX.length);
}

/** Everything is metadata, so that a listing is the list. */
export function personalMetadata(room: PersonalRoom): Record<string, string> {
  const { role, revision, visitedAt } = room;
  return {
    ...roomMetadata(room),
    ...{ role, revision: String(revision) },
    ...(visitedAt !== undefined && { visitedAt: String(visitedAt) }),
  };
}

/** The room of a listed object, or undefined when the object is something else. */
export function personalRoomOf({ name, metadata }: ObjectSummary): PersonalRoom | undefined {
  const room = roomOfMetadata(roomIdOf(name), metadata);
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
  const { revision } = newer;
  return { ...Room.parse(newer), revision, role: one.role, ...(visitedAt > 0 && { visitedAt }) };
}
