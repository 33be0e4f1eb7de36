import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, Headers, Param, Put, Res, UseGuards } from '@nestjs/common';
import { RpcClient } from '@studio/bus';
import { LiveSettings, RoomId } from '@studio/contracts';
import type { RoomLiveView, RpcResponse, User } from '@studio/contracts';
import { strongTag, versionOf } from './entity-tag.ts';
import { changeOrShow } from './precondition-failed.ts';
import { RoomAccess } from './room-access.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);

/** How Gemini takes part in a room. Members read it; the room service judges who may change it, and to what. */
@Controller('api/rooms/:id/live')
@UseGuards(SignedIn)
export class RoomLiveController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly access: RoomAccess,
  ) {}

  @Get()
  async get(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomLiveView> {
    await this.access.read(roomId, user);
    return this.tagged(await this.view(roomId), response);
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
    const live = await changeOrShow(
      () => this.rpc.call('room.setLive', { roomId, user, settings, version }),
      async () => {
        const view = await this.view(roomId);
        return { view, tag: strongTag(view.version) };
      },
    );
    return this.tagged(await this.view(roomId, live), response);
  }

  private async view(roomId: RoomId, known?: RpcResponse<'room.live'>): Promise<RoomLiveView> {
    const [live, usage] = await Promise.all([
      known ?? this.rpc.call('room.live', { roomId }),
      this.rpc.call('room.usage', { roomId }),
    ]);
    return { ...live, usage };
  }

  private tagged(view: RoomLiveView, response: ServerResponse): RoomLiveView {
    response.setHeader('etag', strongTag(view.version));
    return view;
  }
}
