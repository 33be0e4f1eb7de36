import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { EventPage, RpcRequest, RpcResponse } from '@studio/contracts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { Conversation } from './conversation.ts';
import { OwnerFence } from './owner-fence.ts';

@Controller()
export class ConversationController {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly conversation: Conversation,
    private readonly fence: OwnerFence,
  ) {}

  @MessagePattern('room.append')
  async append(@Payload() request: RpcRequest<'room.append'>): Promise<RpcResponse<'room.append'>> {
    const { roomId, key, actor, body, ownerToken } = request;
    await this.directory.getOpenRecently(roomId);
    if (ownerToken !== undefined) await this.fence.pass(roomId, ownerToken);
    return this.conversation.append(roomId, { key, actor, body });
  }

  @MessagePattern('room.events')
  events(@Payload() request: RpcRequest<'room.events'>): Promise<EventPage> {
    return this.conversation.events(request);
  }
}
