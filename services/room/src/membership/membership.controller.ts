import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import { Entrance } from './entrance.ts';
import { Membership } from './membership.ts';

@Controller()
export class MembershipController {
  constructor(
    private readonly membership: Membership,
    private readonly entrance: Entrance,
  ) {}

  @MessagePattern('room.access')
  access(@Payload() request: RpcRequest<'room.access'>): Promise<RpcResponse<'room.access'>> {
    return this.entrance.access(request.roomId, request.userId);
  }

  @MessagePattern('room.enter')
  enter(@Payload() request: RpcRequest<'room.enter'>): Promise<RpcResponse<'room.enter'>> {
    return this.entrance.enter(request);
  }

  @MessagePattern('room.join')
  join(@Payload() request: RpcRequest<'room.join'>): Promise<RpcResponse<'room.join'>> {
    return this.membership.join(request);
  }

  @MessagePattern('room.pulse')
  pulse(@Payload() request: RpcRequest<'room.pulse'>): Promise<RpcResponse<'room.pulse'>> {
    return this.membership.pulse(request.roomId);
  }

  @MessagePattern('room.leave')
  async leave(@Payload() request: RpcRequest<'room.leave'>): Promise<RpcResponse<'room.leave'>> {
    await this.membership.leave(request);
    return {};
  }

  @MessagePattern('room.media')
  async media(@Payload() request: RpcRequest<'room.media'>): Promise<RpcResponse<'room.media'>> {
    await this.membership.changeMedia(request);
    return {};
  }
}
