import { Actor, Id } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';

export const DELETION_PREFIX = 'deletions/';
const SUFFIX = '.json';

/** That a room is to be deleted, kept until nothing is left of it. */
export interface Deletion {
  readonly roomId: RoomId;
  readonly by: Actor;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const Metadata = z.object({ by: Id, name: z.string(), at: z.coerce.number().int().nonnegative() });

export function deletionName(roomId: RoomId): string {
  return DELETION_PREFIX + roomId + SUFFIX;
}

/** Everything is metadata: a listing is all that is to be done. */
export function deletionMetadata({ by, at }: Deletion): Record<string, string> {
  return { by: by.id, name: by.name, at: String(at) };
}

/** The deletion of a listed object, or undefined when the object is something else. */
export function deletionOf({ name, metadata }: ObjectSummary): Deletion | undefined {
  const roomId = Id.safeParse(name.slice(DELETION_PREFIX.length, -SUFFIX.length)).data;
  const { by, name: called, at } = Metadata.safeParse(metadata).data ?? {};
  if (roomId === undefined || by === undefined || called === undefined || at === undefined) return undefined;
  return { roomId, by: { id: by, name: called, kind: 'person' }, at };
}
