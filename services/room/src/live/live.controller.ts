import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import { RoomLiveSettings } from './live-settings.ts';
import { RoomLiveUsage } from './live-usage.ts';

@Controller()
export class LiveController {
  constructor(
    private readonly settings: RoomLiveSettings,
    private readonly usage: RoomLiveUsage,
  ) {}

  @MessagePattern('room.live')
  live(@Payload() request: RpcRequest<'room.live'>): Promise<RpcResponse<'room.live'>> {
    return this.settings.get(request.roomId);
  }

  @MessagePattern('room.setLive')
  setLive(@Payload() request: RpcRequest<'room.setLive'>): Promise<RpcResponse<'room.setLive'>> {
    return this.settings.set(request);
  }

  @MessagePattern('room.usage')
  getUsage(@Payload() request: RpcRequest<'room.usage'>): Promise<RpcResponse<'room.usage'>> {
    return this.usage.get(request.roomId);
  }

  @MessagePattern('room.setUsage')
  async setUsage(@Payload() request: RpcRequest<'room.setUsage'>): Promise<RpcResponse<'room.setUsage'>> {
    await this.usage.set(request);
    return {};
  }
}
