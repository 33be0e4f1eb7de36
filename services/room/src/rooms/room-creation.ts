import { Injectable } from '@nestjs/common';
import { NEW_ROOM } from '@studio/contracts';
import type { Member, Room, RpcRequest } from '@studio/contracts';
import { PreconditionFailedError } from '@studio/object-store';
import { Conversation } from '../conversation/conversation.ts';
import { Members } from '../membership/members.ts';
import { PersonalRooms } from '../membership/personal-rooms.ts';
import { CreationKeys } from './creation-keys.ts';
import { hashPasscode } from './passcode.ts';
import { RoomDirectory } from './room-directory.ts';
import { newRoomId } from './room-id.ts';
import { newStored } from './room-object.ts';
import type { StoredRoom } from './room-object.ts';

/** Makes rooms. */
@Injectable()
export class RoomCreation {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly conversation: Conversation,
    private readonly members: Members,
    private readonly personal: PersonalRooms,
    private readonly keys: CreationKeys,
  ) {}

  /**
   * A repetition with the same key resolves with the room of the first time, as it is now.
   * @throws StudioError conflict when the key was used for another room, not_found when the room of the first time has been deleted
   */
  async create(request: RpcRequest<'room.create'>): Promise<Room> {
    const createdAt = Date.now();
    const fresh = { id: newRoomId(createdAt), createdAt };
    const { key } = request;
    if (key === undefined) return this.make(request, fresh);
    return this.keys.once({ ...request, key }, fresh, (creation) =>
      creation.made ? this.directory.get(creation.id) : this.make(request, creation),
    );
  }

  /** May be called again for the same room, when it has died in between. */
  private async make(
    request: RpcRequest<'room.create'>,
    { id, createdAt }: Pick<Room, 'id' | 'createdAt'>,
  ): Promise<Room> {
    const { name, visibility, owner, lobby = false, passcode = null } = request;
    const passcodeHash = passcode === null ? undefined : await hashPasscode(passcode);
    // The event first: a crash in between leaves a log that nobody knows, never a room whose conversation does not begin.
    await this.conversation.append(id, {
      key: 'room.created',
      actor: { id: owner.id, name: owner.name, kind: 'person' },
      body: { type: 'room.created', name },
    });
    const room: Room = {
      ...{ id, name, ownerId: owner.id, ownerName: owner.name, visibility, status: 'open', createdAt },
      ...NEW_ROOM,
      ...{ lobby, passcode: passcodeHash !== undefined },
    };
    const stored: StoredRoom = { ...newStored(room), passcodeHash };
    await this.add(stored);
    const member: Member = { ...owner, role: 'owner', state: 'member', since: createdAt };
    await Promise.all([this.members.add(id, member), this.personal.bring(stored, owner.id, member)]);
    return room;
  }

  private async add(stored: StoredRoom): Promise<void> {
    try {
      await this.directory.add(stored);
    } catch (error) {
      // Of an earlier time: nobody else has this id.
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }
}
