import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, Headers, Param, Put, Res, UseGuards } from '@nestjs/common';
import { RpcClient } from '@studio/bus';
import { LiveSettings, RoomId, StudioError, may } from '@studio/contracts';
import type { RoomLiveView, RpcResponse, User } from '@studio/contracts';
import { strongTag, versionOf } from './entity-tag.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);

/** How Gemini takes part in a room. Members read it; the room service judges who may change it, and to what. */
@Controller('api/rooms/:id/live')
@UseGuards(SignedIn)
export class RoomLiveController {
  constructor(private readonly rpc: RpcClient) {}

  @Get()
  async get(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomLiveView> {
    const { role } = await this.rpc.call('room.access', { roomId, userId: user.id });
    if (role === null || !may(role, 'room.read'))
      throw new StudioError('forbidden', 'You may not read this room.');
    return this.view(roomId, await this.rpc.call('room.live', { roomId }), response);
  }

  @Put()
  async set(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(new ZodPipe(LiveSettings)) settings: LiveSettings,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomLiveView> {
    const version = versionOf(ifMatch);
    const live = await this.rpc.call('room.setLive', {
      ...{ roomId, user, settings },
      ...(version !== undefined && { version }),
    });
    return this.view(roomId, live, response);
  }

  private async view(
    roomId: RoomId,
    live: RpcResponse<'room.live'>,
    response: ServerResponse,
  ): Promise<RoomLiveView> {
    const usage = await this.rpc.call('room.usage', { roomId });
    response.setHeader('etag', strongTag(live.version));
    return { ...live, usage };
  }
}
