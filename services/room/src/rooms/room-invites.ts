import { Injectable } from '@nestjs/common';
import { LIMITS, newId, outranks, StudioError } from '@studio/contracts';
import type { Invite, RpcRequest } from '@studio/contracts';
import { isCurrent } from '../membership/entry.ts';
import { Members } from '../membership/members.ts';
import { RoomDirectory } from './room-directory.ts';
import { roomOf } from './room-object.ts';

const WHAT = 'invite people';

/** Links that let people in. Nobody sees or makes one with a role that they may not give. */
@Injectable()
export class RoomInvites {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
  ) {}

  /** Those that still let people in. @throws StudioError not_found, forbidden */
  async list({ roomId, userId }: RpcRequest<'room.invites'>): Promise<Invite[]> {
    const stored = await this.directory.load(roomId);
    const role = await this.members.demand(roomOf(stored), userId, 'room.invite', WHAT);
    return stored.invites.filter((invite) => outranks(role, invite.role) && isCurrent(invite, Date.now()));
  }

  /** @throws StudioError not_found, forbidden, invalid, conflict when there are too many */
  async invite(request: RpcRequest<'room.invite'>): Promise<Invite> {
    const { roomId, user, role, expiresAt } = request;
    const now = Date.now();
    if (expiresAt !== null && expiresAt <= now)
      throw new StudioError('invalid', 'An invitation cannot have expired before it is made.');
    const invite: Invite = { id: newId(), role, expiresAt, createdAt: now, createdBy: user.name };
    await this.directory.update(roomId, async (stored) => {
      const own = await this.members.demand(roomOf(stored), user.id, 'room.invite', WHAT);
      if (!outranks(own, role))
        throw new StudioError('forbidden', `As ${own} of this room you may not make anybody ${role}.`);
      const current = stored.invites.filter((one) => isCurrent(one, now));
      if (current.length >= LIMITS.invitesPerRoom)
        throw new StudioError(
          'conflict',
          `A room has at most ${LIMITS.invitesPerRoom} invitations. Revoke one first.`,
        );
      return { ...stored, invites: [...current, invite] };
    });
    return invite;
  }

  /** Nothing happens when there is no such invite (any more). @throws StudioError not_found, forbidden */
  async revoke({ roomId, user, inviteId }: RpcRequest<'room.revoke'>): Promise<void> {
    await this.directory.update(roomId, async (stored) => {
      const own = await this.members.demand(roomOf(stored), user.id, 'room.invite', WHAT);
      const revoked = stored.invites.find(({ id }) => id === inviteId);
      if (revoked === undefined) return undefined;
      if (!outranks(own, revoked.role))
        throw new StudioError('forbidden', `As ${own} of this room you may not revoke this invitation.`);
      return { ...stored, invites: stored.invites.filter((one) => one !== revoked) };
    });
  }
}
