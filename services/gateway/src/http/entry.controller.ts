import type { IncomingMessage, ServerResponse } from 'node:http';
import { Body, Controller, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { EnterBody, Id, KnockAnswer, newId, RoomId } from '@studio/contracts';
import type { EntranceView, User } from '@studio/contracts';
import { Tickets } from '../identity/tickets.ts';
import { RequestOrigin } from './request-origin.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);

/** The door of a room. */
@Controller('api/rooms/:id')
@UseGuards(SignedIn)
export class EntryController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly tickets: Tickets,
    private readonly origin: RequestOrigin,
  ) {}

  /** 200 with a ticket, or 202: the person knocks, and goes on knocking by asking again. */
  @Post('ticket')
  @HttpCode(200)
  async enter(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Body(new ZodPipe(EnterBody.prefault({}))) body: EnterBody,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<EntranceView> {
    const attempt = { id: newId(), network: this.origin.network(request) };
    const answer = await this.rpc.call('room.enter', { roomId, user, ...body, attempt });
    if (answer.state === 'admitted') return this.tickets.issue({ roomId, userId: user.id, name: user.name });
    response.statusCode = 202;
    return { waiting: true, retryMs: answer.retryMs };
  }

  @Post('lobby/:personId')
  @HttpCode(204)
  async answerKnock(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Param('personId', new ZodPipe(Id)) personId: Id,
    @Body(new ZodPipe(KnockAnswer)) { admit }: z.output<typeof KnockAnswer>,
  ): Promise<void> {
    await this.rpc.call('room.answerKnock', { roomId, user, personId, admit });
  }
}
