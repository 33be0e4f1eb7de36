import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { CreateRoomBody, RoomChange, RoomId, StatusBody } from '@studio/contracts';
import type { Room, RoomList, RoomView, User } from '@studio/contracts';
import { hasAlready, versionOf, viewTag } from './entity-tag.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { behind, linkToNext } from './paging.ts';
import { changeOrShow } from './precondition-failed.ts';
import { RoomsQuery } from './queries.ts';
import { RoomAccess } from './room-access.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);

/** The rooms themselves; the room service judges who may do what. */
@Controller('api/rooms')
@UseGuards(SignedIn)
export class RoomsController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly access: RoomAccess,
  ) {}

  @Get()
  async list(
    @CurrentUser() user: User,
    @Query(new ZodPipe(RoomsQuery)) query: z.output<typeof RoomsQuery>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomList> {
    const list = await this.rpc.call('room.list', { userId: user.id, ...query });
    linkToNext(request, response, behind(list.next));
    return list;
  }

  @Post()
  async create(
    @CurrentUser() owner: User,
    @Headers('idempotency-key') header: string | undefined,
    @Body(new ZodPipe(CreateRoomBody)) body: z.output<typeof CreateRoomBody>,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Room> {
    const room = await this.rpc.call('room.create', { ...body, owner, key: idempotencyKey(header) });
    response.setHeader('location', `/api/rooms/${room.id}`);
    return room;
  }

  @Get(':id')
  async get(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomView | undefined> {
    const view = this.tagged(await this.access.view(roomId, user), response);
    if (!hasAlready(ifNoneMatch, viewTag(view))) return view;
    response.statusCode = 304;
    return undefined;
  }

  @Patch(':id')
  async change(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(new ZodPipe(RoomChange)) change: RoomChange,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomView> {
    const version = versionOf(ifMatch);
    const view = await changeOrShow(
      () => this.rpc.call('room.change', { roomId, user, change, version }),
      async () => {
        const current = await this.access.view(roomId, user);
        return { view: current, tag: viewTag(current) };
      },
    );
    return this.tagged(view, response);
  }

  @Put(':id/status')
  async setStatus(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Body(new ZodPipe(StatusBody)) { status }: z.output<typeof StatusBody>,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomView> {
    return this.tagged(await this.rpc.call('room.setStatus', { roomId, user, status }), response);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@CurrentUser() user: User, @Param('id', roomIdPipe) roomId: RoomId): Promise<void> {
    await this.rpc.call('room.delete', { roomId, user });
  }

  private tagged(view: RoomView, response: ServerResponse): RoomView {
    response.setHeader('etag', viewTag(view));
    return view;
  }
}
