import type { Entry, Id, Invite, Member, Role, Room } from '@studio/contracts';

/** What stands between a person and a room; `member`: what they are in it, if they have been there. The order is that of `room.enter`. */
export function entryOf(room: Room, member: Member | undefined): Entry {
  if (room.status !== 'open') return 'closed';
  if (member !== undefined) return member.state === 'member' ? 'free' : 'removed';
  if (room.locked) return 'locked';
  if (room.visibility === 'invited') return 'invite';
  if (room.passcode) return 'passcode';
  return room.lobby ? 'knock' : 'free';
}

/** The role of somebody who may read the room; null for others. */
export function roleOf(member: Member | undefined): Role | null {
  return member?.state === 'member' ? member.role : null;
}

/** The invite with this id, if it still lets people in. `now`: milliseconds since the epoch. */
export function validInvite(invites: readonly Invite[], id: Id | undefined, now: number): Invite | undefined {
  return invites.find((invite) => invite.id === id && isCurrent(invite, now));
}

export function isCurrent({ expiresAt }: Invite, now: number): boolean {
  return expiresAt === null || expiresAt > now;
}
