import { Room } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { ObjectSummary } from '@studio/object-store';

export const ROOM_PREFIX = 'rooms/';
const SUFFIX = '.json';

/** The object that holds a room. Names sort as ids do: newest first. */
export function roomObjectName(id: RoomId): string {
  return ROOM_PREFIX + id + SUFFIX;
}

export function encodeRoom(room: Room): Uint8Array {
  return encodeJson(room);
}

/** @throws when the object does not hold a room */
export function decodeRoom(data: Uint8Array): Room {
  return Room.parse(decodeJson(data));
}

/** Everything the list of rooms shows, kept as the object's metadata: a listing needs no reads of objects. */
export function roomMetadata(room: Room): Record<string, string> {
  const { name, ownerId, ownerName, visibility, status, createdAt } = room;
  return { name, ownerId, ownerName, visibility, status, createdAt: String(createdAt) };
}

/** The room of a listed object, or undefined when the object is something else. */
export function roomOfSummary({ name, metadata }: ObjectSummary): Room | undefined {
  const id = name.slice(ROOM_PREFIX.length, -SUFFIX.length);
  if (name !== roomObjectName(id)) return undefined;
  return Room.safeParse({ ...metadata, id, createdAt: Number(metadata['createdAt']) }).data;
}
