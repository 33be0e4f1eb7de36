import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { RoomId } from '@studio/contracts';
import type { EventPage, RoomHits, User } from '@studio/contracts';
import { linkToNext } from './paging.ts';
import { HistoryQuery, RoomSearchQuery } from './queries.ts';
import { RoomAccess } from './room-access.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const roomIdPipe = new ZodPipe(RoomId);

/** What was said in a room, for its members, also after it was closed. */
@Controller('api/rooms/:id')
@UseGuards(SignedIn)
export class ConversationController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly access: RoomAccess,
  ) {}

  @Get('events')
  async events(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Query(new ZodPipe(HistoryQuery)) query: z.output<typeof HistoryQuery>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<EventPage> {
    await this.access.read(roomId, user);
    const page = await this.rpc.call('room.events', { roomId, ...query });
    linkToNext(request, response, nextEvents(page, query.after !== undefined));
    return page;
  }

  @Get('search')
  async search(
    @CurrentUser() user: User,
    @Param('id', roomIdPipe) roomId: RoomId,
    @Query(new ZodPipe(RoomSearchQuery)) { q, ...page }: z.output<typeof RoomSearchQuery>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RoomHits> {
    await this.access.read(roomId, user);
    const found = await this.rpc.call('room.search', { roomId, query: q, ...page });
    linkToNext(request, response, found.next === undefined ? undefined : { before: found.next });
    return found;
  }
}

/** The page behind this one, in the direction in which the conversation is read. */
function nextEvents(
  { events, first, head }: EventPage,
  forward: boolean,
): Record<string, number> | undefined {
  const [oldest, newest] = [events[0]?.seq, events.at(-1)?.seq];
  if (forward) return newest !== undefined && newest < head ? { after: newest } : undefined;
  return oldest !== undefined && oldest > first ? { before: oldest } : undefined;
}
