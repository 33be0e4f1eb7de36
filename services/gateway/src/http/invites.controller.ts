import { Body, Controller, Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { Id, InviteBody, RoomId } from '@studio/contracts';
import type { Invite, User } from '@studio/contracts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const HOUR_MS = 60 * 60 * 1_000;
const roomIdPipe = new ZodPipe(RoomId);

/** Links that let people into a room. */
@Controller('api/rooms/:id/invites')
@UseGuards(SignedIn)
export class InvitesController {
  constructor(private readonly rpc: RpcClient) {}

  @Get()
  list(@CurrentUser() user: User, @Param('id', roomIdPipe) roomId: RoomId): Promise<{ invites: Invite[] }> {
    return this.rpc.call('room.invites', { roomId, userId: user.id });
  }

  @Post()
  create(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Body(new ZodPipe(InviteBody.prefault({}))) { role, hours }: z.output<typeof InviteBody>,
  ): Promise<Invite> {
    const expiresAt = hours === null ? null : Date.now() + hours * HOUR_MS;
    return this.rpc.call('room.invite', { roomId, user, role, expiresAt });
  }

  @Delete(':inviteId')
  @HttpCode(204)
  async revoke(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Param('inviteId', new ZodPipe(Id)) inviteId: Id,
  ): Promise<void> {
    await this.rpc.call('room.revoke', { roomId, user, inviteId });
  }
}
