import { DisplayName, Id, Member, Role } from '@studio/contracts';
import type { Room, RoomId } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';
import { Decision } from '../conversation/decision.ts';

const SUFFIX = '.json';

/**
 * A member as their object holds them. The room says who is its owner; a role of `owner` here is that of somebody who was it, or is about
 * to be: see {@link memberIn}.
 */
const StoredMember = Member.extend({
  /** What was decided about them last. */
  decision: Decision.optional(),
});
export type StoredMember = z.infer<typeof StoredMember>;

const Metadata = z.object({
  name: DisplayName,
  role: Role,
  state: Member.shape.state,
  since: z.coerce.number().int().nonnegative(),
});

/** What the names of all members of a room begin with. */
export function memberPrefix(roomId: RoomId): string {
  return `members/${roomId}/`;
}

export function memberObjectName(roomId: RoomId, personId: Id): string {
  return memberPrefix(roomId) + personId + SUFFIX;
}

/** Of the object with this name. */
export function personIdOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1, -SUFFIX.length);
}

export function encodeMember(member: StoredMember): Uint8Array {
  return encodeJson(member);
}

/** @throws when the object does not hold a member */
export function decodeMember(data: Uint8Array): StoredMember {
  return StoredMember.parse(decodeJson(data));
}

/** Everything the list of members shows. */
export function memberMetadata({ name, role, state, since }: Member): Record<string, string> {
  return { name, role, state, since: String(since) };
}

/** The member of a listed object, or undefined when the object is something else. */
export function memberOfSummary({ name, metadata }: ObjectSummary): Member | undefined {
  const id = Id.safeParse(personIdOf(name)).data;
  const member = Metadata.safeParse(metadata).data;
  return id !== undefined && member !== undefined ? { id, ...member } : undefined;
}

/** What a person is in a room: the room says who owns it, whatever is kept of the person. Whoever was its owner is a moderator. */
export function memberIn(room: Room, personId: Id, kept: Member): Member;
export function memberIn(room: Room, personId: Id, kept: Member | undefined): Member | undefined;
export function memberIn(room: Room, personId: Id, kept: Member | undefined): Member | undefined {
  if (personId === room.ownerId) return ownerOf(room, kept);
  if (kept === undefined) return undefined;
  const { id, name, role, state, since } = kept;
  return { id, name, role: role === 'owner' ? 'moderator' : role, state, since };
}

/** The owner of a room; `kept`: what is kept of them, if they have an object. */
export function ownerOf(room: Room, kept: Member | undefined): Member {
  const { name, since } = kept ?? { name: room.ownerName, since: room.createdAt };
  return { id: room.ownerId, name, role: 'owner', state: 'member', since };
}
