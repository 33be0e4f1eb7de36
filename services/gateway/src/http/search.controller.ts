import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import type { StudioHits, User } from '@studio/contracts';
import { behind, linkToNext } from './paging.ts';
import { StudioSearchQuery } from './queries.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

/** Looks through all rooms that a person may read. */
@Controller('api/search')
@UseGuards(SignedIn)
export class SearchController {
  constructor(private readonly rpc: RpcClient) {}

  @Get()
  async search(
    @CurrentUser() user: User,
    @Query(new ZodPipe(StudioSearchQuery)) { q, cursor }: z.output<typeof StudioSearchQuery>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<StudioHits> {
    const found = await this.rpc.call('room.searchAll', { userId: user.id, query: q, cursor });
    linkToNext(request, response, behind(found.next));
    return found;
  }
}
