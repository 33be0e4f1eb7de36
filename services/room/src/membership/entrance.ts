import { Injectable } from '@nestjs/common';
import { LIMITS, StudioError } from '@studio/contracts';
import type { GivenRole, Id, Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { roomOf, versionOf } from '../rooms/room-object.ts';
import type { StoredRoom } from '../rooms/room-object.ts';
import { entryOf, roleOf, validInvite } from './entry.ts';
import { Lobby } from './lobby.ts';
import { memberIn } from './member-object.ts';
import { MemberPlaces } from './member-places.ts';
import { Members } from './members.ts';
import { PasscodeGate } from './passcode-gate.ts';

type User = RpcRequest<'room.enter'>['user'];

/** Who may enter a room. */
@Injectable()
export class Entrance {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly lobby: Lobby,
    private readonly passcodes: PasscodeGate,
    private readonly places: MemberPlaces,
  ) {}

  /** @throws StudioError not_found */
  async access(roomId: RoomId, userId: Id): Promise<RpcResponse<'room.access'>> {
    return this.view(await this.directory.load(roomId), userId);
  }

  /** The room as a person sees it who may have changed it just now. */
  async view(stored: StoredRoom, userId: Id): Promise<RpcResponse<'room.access'>> {
    const room = roomOf(stored);
    const member = await this.members.find(room, userId);
    return { room, role: roleOf(member), entry: entryOf(room, member), version: versionOf(stored) };
  }

  /** @throws StudioError not_found, closed, forbidden, locked, passcode, rate_limited, conflict */
  async enter(request: RpcRequest<'room.enter'>): Promise<RpcResponse<'room.enter'>> {
    const { roomId, user, passcode, attempt } = request;
    const [stored, kept] = await Promise.all([
      this.directory.load(roomId),
      this.members.kept(roomId, user.id),
    ]);
    const room = roomOf(stored);
    if (room.status !== 'open') throw new StudioError('closed', 'This room is closed.');
    const member = memberIn(room, user.id, kept);
    if (member?.state === 'removed') throw removed();
    if (member !== undefined) {
      // Let in, or made a member, while they knocked once more.
      if (room.lobby) await this.lobby.withdraw(roomId, user.id);
      return { state: 'admitted', room, role: member.role };
    }
    if (room.locked) throw new StudioError('locked', 'This room is locked: nobody new may enter now.');
    const invite = validInvite(stored.invites, request.invite, Date.now());
    if (invite !== undefined) return this.admit(room, user, invite.role);
    if (room.visibility === 'invited')
      throw new StudioError(
        'forbidden',
        request.invite === undefined
          ? 'This room is for invited people.'
          : 'This invitation is not valid any more. Ask for a new one.',
      );
    const knock = room.lobby ? await this.lobby.find(roomId, user.id) : undefined;
    if (knock?.refused === true) throw new StudioError('forbidden', 'You were not let in.');
    // Who waits already has said the passcode.
    if (stored.passcodeHash !== undefined && knock === undefined)
      await this.passcodes.pass(roomId, user.id, passcode, stored.passcodeHash, attempt);
    if (!room.lobby) return this.admit(room, user, 'member');
    await this.lobby.knock(roomId, user);
    return { state: 'waiting', retryMs: LIMITS.knockRetryMs };
  }

  /** Makes somebody a member, who stays what they are when they are one. @throws StudioError forbidden when they were removed, conflict */
  async admit(room: Room, user: User, role: GivenRole): Promise<RpcResponse<'room.enter'>> {
    await this.places.take(room);
    const member = { id: user.id, name: user.name, role, state: 'member', since: Date.now() } as const;
    const kept = memberIn(room, user.id, await this.members.add(room.id, member));
    if (kept.state !== 'member') throw removed();
    return { state: 'admitted', room, role: kept.role };
  }
}

function removed(): StudioError {
  return new StudioError('forbidden', 'You were removed from this room.');
}
