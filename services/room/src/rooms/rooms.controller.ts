import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Room, RpcRequest, RpcResponse } from '@studio/contracts';
import { PersonalLists } from '../membership/personal-lists.ts';
import { RoomCreation } from './room-creation.ts';
import { RoomDeletion } from './room-deletion.ts';
import { RoomDirectory } from './room-directory.ts';
import { RoomSettings } from './room-settings.ts';

@Controller()
export class RoomsController {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly personal: PersonalLists,
    private readonly creation: RoomCreation,
    private readonly settings: RoomSettings,
    private readonly deletion: RoomDeletion,
  ) {}

  @MessagePattern('room.create')
  create(@Payload() request: RpcRequest<'room.create'>): Promise<Room> {
    return this.creation.create(request);
  }

  @MessagePattern('room.list')
  list(@Payload() request: RpcRequest<'room.list'>): Promise<RpcResponse<'room.list'>> {
    switch (request.scope) {
      case 'mine':
        return this.personal.mine(request);
      case 'recent':
        return this.personal.recent(request);
      default:
        return this.directory.listOpen(request);
    }
  }

  @MessagePattern('room.get')
  get(@Payload() request: RpcRequest<'room.get'>): Promise<Room> {
    return this.directory.get(request.roomId);
  }

  @MessagePattern('room.change')
  change(@Payload() request: RpcRequest<'room.change'>): Promise<RpcResponse<'room.change'>> {
    return this.settings.change(request);
  }

  @MessagePattern('room.setStatus')
  setStatus(@Payload() request: RpcRequest<'room.setStatus'>): Promise<RpcResponse<'room.setStatus'>> {
    return this.settings.setStatus(request);
  }

  @MessagePattern('room.delete')
  async delete(@Payload() request: RpcRequest<'room.delete'>): Promise<RpcResponse<'room.delete'>> {
    await this.deletion.delete(request);
    return {};
  }
}
