import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import { Membership } from './membership.ts';

@Controller()
export class MembershipController {
  constructor(private readonly membership: Membership) {}

  @MessagePattern('room.admit')
  admit(@Payload() request: RpcRequest<'room.admit'>): Promise<RpcResponse<'room.admit'>> {
    return this.membership.admit(request);
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
