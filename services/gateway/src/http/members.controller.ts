import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { Id, MemberBody, RoomId } from '@studio/contracts';
import type { Member, MemberList, User } from '@studio/contracts';
import { behind, linkToNext } from './paging.ts';
import { MembersQuery } from './queries.ts';
import { RoomAccess } from './room-access.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);
const memberIdPipe = new ZodPipe(Id);

/** The people of a room, and what is decided about them. */
@Controller('api/rooms/:id/members')
@UseGuards(SignedIn)
export class MembersController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly access: RoomAccess,
  ) {}

  @Get()
  async list(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Query(new ZodPipe(MembersQuery)) query: z.output<typeof MembersQuery>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<MemberList> {
    await this.access.read(roomId, user);
    const list = await this.rpc.call('room.members', { roomId, userId: user.id, ...query });
    linkToNext(request, response, behind(list.next));
    return list;
  }

  @Patch(':memberId')
  change(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Param('memberId', memberIdPipe) memberId: Id,
    @Body(new ZodPipe(MemberBody)) body: MemberBody,
  ): Promise<Member> {
    return 'role' in body
      ? this.rpc.call('room.setRole', { roomId, user, memberId, role: body.role })
      : this.rpc.call('room.setMember', { roomId, user, memberId, state: body.state });
  }

  @Post(':memberId/mute')
  @HttpCode(204)
  async mute(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Param('memberId', memberIdPipe) memberId: Id,
  ): Promise<void> {
    await this.rpc.call('room.mute', { roomId, user, memberId });
  }
}
