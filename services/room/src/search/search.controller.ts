import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RoomHits, RpcRequest, StudioHits } from '@studio/contracts';
import { RoomSearch } from './room-search.ts';
import { parseQuery } from './search-query.ts';
import { StudioSearch } from './studio-search.ts';

/** How long one page may take: less than the deadline of a request. Milliseconds. */
const PAGE_MS = 2_000;

@Controller()
export class SearchController {
  constructor(
    private readonly rooms: RoomSearch,
    private readonly studio: StudioSearch,
  ) {}

  @MessagePattern('room.search')
  async search(@Payload() request: RpcRequest<'room.search'>): Promise<RoomHits> {
    const { roomId, query, before, limit } = request;
    const { hits, next } = await this.rooms.look(roomId, parseQuery(query), {
      ...{ limit, budgetMs: PAGE_MS },
      ...(before !== undefined && { before }),
    });
    return { hits, ...(next !== undefined && { next }) };
  }

  @MessagePattern('room.searchAll')
  searchAll(@Payload() { userId, query, cursor }: RpcRequest<'room.searchAll'>): Promise<StudioHits> {
    return this.studio.look(userId, parseQuery(query), PAGE_MS, cursor);
  }
}
