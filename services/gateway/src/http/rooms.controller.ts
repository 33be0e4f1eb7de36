import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { CreateRoomBody, LIMITS, RoomId, StudioError, may } from '@studio/contracts';
import type { EventPage, Room, RoomList, RpcResponse, TicketView, User } from '@studio/contracts';
import { Tickets } from '../identity/tickets.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const ROOMS_PER_PAGE = 50;

const ListQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(ROOMS_PER_PAGE),
});
const HistoryQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.recoverEvents).default(LIMITS.historyPage),
});
const roomIdPipe = new ZodPipe(RoomId);

@Controller('api/rooms')
@UseGuards(SignedIn)
export class RoomsController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly tickets: Tickets,
  ) {}

  @Get()
  list(
    @CurrentUser() user: User,
    @Query(new ZodPipe(ListQuery)) query: z.output<typeof ListQuery>,
  ): Promise<RoomList> {
    return this.rpc.call('room.list', { userId: user.id, ...query });
  }

  @Post()
  create(
    @CurrentUser() owner: User,
    @Body(new ZodPipe(CreateRoomBody)) body: z.output<typeof CreateRoomBody>,
  ): Promise<Room> {
    return this.rpc.call('room.create', { ...body, owner });
  }

  @Get(':id')
  async room(@CurrentUser() user: User, @Param('id', roomIdPipe) roomId: RoomId): Promise<Room> {
    return (await this.access(roomId, user)).room;
  }

  @Post(':id/ticket')
  @HttpCode(200)
  async ticket(@CurrentUser() user: User, @Param('id', roomIdPipe) roomId: RoomId): Promise<TicketView> {
    await this.rpc.call('room.enter', { roomId, user });
    return this.tickets.issue({ roomId, userId: user.id, name: user.name });
  }

  @Get(':id/events')
  async events(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Query(new ZodPipe(HistoryQuery)) query: z.output<typeof HistoryQuery>,
  ): Promise<EventPage> {
    const { role } = await this.access(roomId, user);
    if (role === null || !may(role, 'room.read'))
      throw new StudioError('forbidden', 'You may not read this room.');
    return this.rpc.call('room.events', { roomId, ...query });
  }

  private access(roomId: RoomId, user: User): Promise<RpcResponse<'room.access'>> {
    return this.rpc.call('room.access', { roomId, userId: user.id });
  }
}
