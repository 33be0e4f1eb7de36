import { Actor, IdempotencyKey, Invite, LiveSettings, Room } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';
import { Decision } from '../conversation/decision.ts';

export const ROOM_PREFIX = 'rooms/';
const SUFFIX = '.json';

/** Who changed the Live settings last, and how: what is said about it in the conversation, under this key. */
const LiveChange = z.object({
  key: IdempotencyKey,
  /** Milliseconds since the epoch. */
  at: z.int().nonnegative(),
  by: Actor,
  changes: z.array(z.string()),
});
export type LiveChange = z.infer<typeof LiveChange>;

/**
 * A room as its object holds it. The room and its Live settings are changed by different people at the same time: each has a revision of
 * its own, which counts its changes, so that one does not get into the way of the other.
 */
const StoredRoom = Room.extend({
  revision: z.int().nonnegative().default(0),
  /** What was decided about the room last. */
  decision: Decision.optional(),
  passcodeHash: z.string().optional(),
  invites: z.array(Invite).default([]),
  /** Without it the room has the studio's defaults. */
  live: z
    .object({ settings: LiveSettings, change: LiveChange, revision: z.int().positive().default(1) })
    .optional(),
});
export type StoredRoom = z.infer<typeof StoredRoom>;

/** The object that holds a room. Names sort as ids do: newest first. */
export function roomObjectName(id: RoomId): string {
  return ROOM_PREFIX + id + SUFFIX;
}

export function encodeRoom(room: Room | StoredRoom): Uint8Array {
  return encodeJson(room);
}

/** @throws when the object does not hold a room */
export function decodeStoredRoom(data: Uint8Array): StoredRoom {
  return StoredRoom.parse(decodeJson(data));
}

/** What is kept of a new room. */
export function newStored(room: Room): StoredRoom {
  return { ...room, revision: 0, invites: [] };
}

/** What others may know of what is stored. */
export function roomOf(stored: StoredRoom): Room {
  return Room.parse(stored);
}

/** What changes with every change of what {@link roomOf} answers, and with nothing else. */
export function versionOf({ revision }: StoredRoom): string {
  return String(revision);
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
  return name === roomObjectName(id) ? roomOfMetadata(id, metadata) : undefined;
}

/** What {@link roomMetadata} was made of; undefined when it was made of something else. */
export function roomOfMetadata(id: RoomId, metadata: ObjectSummary['metadata']): Room | undefined {
  const { rest, ...texts } = metadata;
  // Of rooms that were created before there was more to say, the time stands by itself.
  const more = rest === undefined ? { createdAt: Number(texts['createdAt']) } : restOf(rest);
  return Room.safeParse({ ...texts, ...more, id }).data;
}

function restOf(text: string): object | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
