import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { NEW_ROOM } from '@studio/contracts';
import type { Room, RpcRequest, RpcResponse } from '@studio/contracts';
import { Conversation } from '../conversation/conversation.ts';
import { RoomDirectory } from './room-directory.ts';
import { newRoomId } from './room-id.ts';

@Controller()
export class RoomsController {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly conversation: Conversation,
  ) {}

  @MessagePattern('room.create')
  async create(@Payload() request: RpcRequest<'room.create'>): Promise<Room> {
    const { name, visibility, owner } = request;
    const createdAt = Date.now();
    const id = newRoomId(createdAt);
    // The event first: a crash in between leaves a log that nobody knows, never a room whose conversation does not begin.
    await this.conversation.append(id, {
      key: 'room.created',
      actor: { id: owner.id, name: owner.name, kind: 'person' },
      body: { type: 'room.created', name },
    });
    const room: Room = {
      id,
      name,
      ownerId: owner.id,
      ownerName: owner.name,
      visibility,
      ...NEW_ROOM,
      lobby: request.lobby ?? false,
      status: 'open',
      createdAt,
    };
    await this.directory.add(room);
    return room;
  }

  @MessagePattern('room.list')
  list(@Payload() request: RpcRequest<'room.list'>): Promise<RpcResponse<'room.list'>> {
    return this.directory.list(request);
  }

  @MessagePattern('room.get')
  get(@Payload() request: RpcRequest<'room.get'>): Promise<Room> {
    return this.directory.get(request.roomId);
  }
}
