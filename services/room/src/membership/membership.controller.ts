import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import { Membership } from './membership.ts';

@Controller()
export class MembershipController {
  constructor(private readonly membership: Membership) {}

  @MessagePattern('room.access')
  access(@Payload() request: RpcRequest<'room.access'>): Promise<RpcResponse<'room.access'>> {
    return this.membership.access(request);
  }

  @MessagePattern('room.enter')
  enter(@Payload() request: RpcRequest<'room.enter'>): Promise<RpcResponse<'room.enter'>> {
    return this.membership.enter(request);
  }

  @MessagePattern('room.join')
  join(@Payload() request: RpcRequest<'room.join'>): Promise<RpcResponse<'room.join'>> {
    return this.membership.join(request);
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
