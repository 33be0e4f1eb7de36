import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Invite, RpcRequest, RpcResponse } from '@studio/contracts';
import { RoomInvites } from './room-invites.ts';

@Controller()
export class InvitesController {
  constructor(private readonly invites: RoomInvites) {}

  @MessagePattern('room.invites')
  async list(@Payload() request: RpcRequest<'room.invites'>): Promise<RpcResponse<'room.invites'>> {
    return { invites: await this.invites.list(request) };
  }

  @MessagePattern('room.invite')
  invite(@Payload() request: RpcRequest<'room.invite'>): Promise<Invite> {
    return this.invites.invite(request);
  }

  @MessagePattern('room.revoke')
  async revoke(@Payload() request: RpcRequest<'room.revoke'>): Promise<RpcResponse<'room.revoke'>> {
    await this.invites.revoke(request);
    return {};
  }
}
