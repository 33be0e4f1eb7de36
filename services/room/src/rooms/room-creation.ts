import { Injectable } from '@nestjs/common';
import { NEW_ROOM } from '@studio/contracts';
import type { Member, Room, RpcRequest } from '@studio/contracts';
import { Conversation } from '../conversation/conversation.ts';
import { Members } from '../membership/members.ts';
import { PersonalRooms } from '../membership/personal-rooms.ts';
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
  ) {}

  async create(request: RpcRequest<'room.create'>): Promise<Room> {
    const { name, visibility, owner, lobby = false, passcode = null } = request;
    const passcodeHash = passcode === null ? undefined : await hashPasscode(passcode);
    const createdAt = Date.now();
    const id = newRoomId(createdAt);
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
    await this.directory.add(stored);
    const member: Member = { ...owner, role: 'owner', state: 'member', since: createdAt };
    await Promise.all([this.members.add(id, member), this.personal.bring(stored, owner.id, member)]);
    return room;
  }
}
