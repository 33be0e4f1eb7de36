import { Actor, IdempotencyKey, LiveSettings, Room } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';

export const ROOM_PREFIX = 'rooms/';
const SUFFIX = '.json';

/** Who changed the settings last, and how: what is said about it in the conversation, under this key. */
const LiveChange = z.object({
  key: IdempotencyKey,
  /** Milliseconds since the epoch. */
  at: z.int().nonnegative(),
  by: Actor,
  changes: z.array(z.string()),
});
export type LiveChange = z.infer<typeof LiveChange>;

/** A room as its object holds it. Without settings it has the defaults. */
const StoredRoom = Room.extend({
  live: z.object({ settings: LiveSettings, change: LiveChange }).optional(),
});
export type StoredRoom = z.infer<typeof StoredRoom>;

/** The object that holds a room. Names sort as ids do: newest first. */
export function roomObjectName(id: RoomId): string {
  return ROOM_PREFIX + id + SUFFIX;
}

export function encodeRoom(room: StoredRoom): Uint8Array {
  return encodeJson(room);
}

/** Without the settings. @throws when the object does not hold a room */
export function decodeRoom(data: Uint8Array): Room {
  return Room.parse(decodeJson(data));
}

/** @throws when the object does not hold a room */
export function decodeStoredRoom(data: Uint8Array): StoredRoom {
  return StoredRoom.parse(decodeJson(data));
}

/** Everything the list of rooms shows, kept as the object's metadata: a listing needs no reads of objects. */
export function roomMetadata(room: Room): Record<string, string> {
  const { name, ownerId, ownerName, visibility, status, createdAt, locked, lobby, passcode, retentionDays } =
    room;
  return {
    ...{ name, ownerId, ownerName, visibility, status },
    rest: JSON.stringify({ createdAt, locked, lobby, passcode, retentionDays }),
  };
}

/** The room of a listed object, or undefined when the object is something else. */
export function roomOfSummary({ name, metadata }: ObjectSummary): Room | undefined {
  const id = name.slice(ROOM_PREFIX.length, -SUFFIX.length);
  if (name !== roomObjectName(id)) return undefined;
  const { rest = '{}', ...texts } = metadata;
  return Room.safeParse({ ...texts, ...restOf(rest), id }).data;
}

function restOf(text: string): object | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
