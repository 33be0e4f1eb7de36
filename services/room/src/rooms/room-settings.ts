import { Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import type { Change } from '../change.ts';
import { decide } from '../conversation/decision.ts';
import { Decisions } from '../conversation/decisions.ts';
import { Entrance } from '../membership/entrance.ts';
import { Members } from '../membership/members.ts';
import { PersonalRooms } from '../membership/personal-rooms.ts';
import { hashPasscode, isPasscode } from './passcode.ts';
import { describeRoomChanges } from './room-changes.ts';
import { RoomDirectory } from './room-directory.ts';
import { roomOf, versionOf } from './room-object.ts';
import type { StoredRoom } from './room-object.ts';

/**
 * What owners and moderators decide about a room as a whole. The room is written first, with the decision, then the decision is told; a
 * repetition changes nothing, and tells it if the first time died in between.
 */
@Injectable()
export class RoomSettings {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly entrance: Entrance,
    private readonly decisions: Decisions,
    private readonly personal: PersonalRooms,
  ) {}

  /** Without a version it changes whatever is there. @throws StudioError not_found, forbidden, precondition_failed, unavailable */
  async change(request: RpcRequest<'room.change'>): Promise<RpcResponse<'room.change'>> {
    const { roomId, user, change, version } = request;
    const { passcode, ...settings } = change;
    const mayChange = (stored: StoredRoom) =>
      this.members.demand(roomOf(stored), user.id, 'room.configure', 'change its settings');
    const before = await this.directory.load(roomId);
    // Before a passcode is hashed, too, which is much work.
    await mayChange(before);
    const secret = passcode === undefined ? 'same' : await secretOf(passcode, before);
    return this.write(request, before, async (stored) => {
      await mayChange(stored);
      const next: StoredRoom = { ...stored, ...settings };
      if (secret !== 'same') {
        next.passcodeHash = secret.hash;
        next.passcode = secret.hash !== undefined;
      }
      const another = next.passcodeHash === stored.passcodeHash ? 'same' : 'another';
      const changes = describeRoomChanges(roomOf(stored), roomOf(next), another);
      if (changes.length === 0) return undefined;
      if (version !== undefined && version !== versionOf(stored))
        throw new StudioError(
          'precondition_failed',
          'Somebody else has changed the room meanwhile. Look at it again.',
        );
      next.revision++;
      next.decision = decide(user, { type: 'room.changed', changes, room: roomOf(next) });
      return next;
    });
  }

  /** Closes the room for all, or reopens it. @throws StudioError not_found, forbidden, unavailable */
  async setStatus(request: RpcRequest<'room.setStatus'>): Promise<RpcResponse<'room.setStatus'>> {
    const { roomId, user, status } = request;
    const before = await this.directory.load(roomId);
    const what = status === 'open' ? 'reopen it' : 'close it';
    const mayClose = (stored: StoredRoom) => this.members.demand(roomOf(stored), user.id, 'room.close', what);
    await mayClose(before);
    return this.write(request, before, async (stored) => {
      await mayClose(stored);
      if (stored.status === status) return undefined;
      const decision = decide(user, { type: status === 'open' ? 'room.reopened' : 'room.closed' });
      return { ...stored, status, revision: stored.revision + 1, decision };
    });
  }

  private async write(
    { roomId, user }: Pick<RpcRequest<'room.change'>, 'roomId' | 'user'>,
    before: StoredRoom,
    change: Change<StoredRoom>,
  ): Promise<RpcResponse<'room.change'>> {
    const update = (how: typeof change) => this.directory.update(roomId, how);
    const after = await this.decisions.replace(roomId, before.decision, update, change);
    this.personal.refreshAll(after);
    await this.decisions.tell(roomId, after.decision);
    return this.entrance.view(after, user.id);
  }
}

/** The hash that is there already when it is the same passcode. */
async function secretOf(
  passcode: string | null,
  { passcodeHash }: StoredRoom,
): Promise<{ hash: string | undefined }> {
  if (passcode === null) return { hash: undefined };
  if (passcodeHash !== undefined && (await isPasscode(passcode, passcodeHash))) return { hash: passcodeHash };
  return { hash: await hashPasscode(passcode) };
}
