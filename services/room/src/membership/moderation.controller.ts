import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Member, RpcRequest, RpcResponse } from '@studio/contracts';
import { Moderation } from './moderation.ts';

@Controller()
export class ModerationController {
  constructor(private readonly moderation: Moderation) {}

  @MessagePattern('room.members')
  members(@Payload() request: RpcRequest<'room.members'>): Promise<RpcResponse<'room.members'>> {
    return this.moderation.list(request);
  }

  @MessagePattern('room.setRole')
  setRole(@Payload() request: RpcRequest<'room.setRole'>): Promise<Member> {
    return this.moderation.setRole(request);
  }

  @MessagePattern('room.setMember')
  setMember(@Payload() request: RpcRequest<'room.setMember'>): Promise<Member> {
    return this.moderation.setMember(request);
  }

  @MessagePattern('room.mute')
  async mute(@Payload() request: RpcRequest<'room.mute'>): Promise<RpcResponse<'room.mute'>> {
    await this.moderation.mute(request);
    return {};
  }

  @MessagePattern('room.answerKnock')
  async answer(@Payload() request: RpcRequest<'room.answerKnock'>): Promise<RpcResponse<'room.answerKnock'>> {
    await this.moderation.answerKnock(request);
    return {};
  }
}
