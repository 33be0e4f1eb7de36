import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type * as z from 'zod';
import { RpcClient } from '@studio/bus';
import { RoomId } from '@studio/contracts';
import type { EventPage, ExportFormat, Room, User } from '@studio/contracts';
import { conversationEvents } from '../export/conversation-events.ts';
import { EXPORT_FORMATS } from '../export/export-formats.ts';
import { ExportPlaces } from '../export/export-places.ts';
import { attachment } from '../export/file-name.ts';
import { inChunks } from '../export/in-chunks.ts';
import { ExportQuery } from './queries.ts';
import { RoomAccess } from './room-access.ts';
import { CurrentUser, SignedIn } from './signed-in.ts';
import { ZodPipe } from './zod.pipe.ts';

const EVENTS_PER_READ = 500;

/** The whole conversation of a room as a file, for its members. */
@Controller('api/rooms/:id/export')
@UseGuards(SignedIn)
export class ExportController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly access: RoomAccess,
    private readonly places: ExportPlaces,
  ) {}

  /**
   * Written while it is read, as fast as the client takes it. What goes wrong on the way breaks the download off: also that the person may
   * not read the room any more, or that they take nothing of it.
   */
  @Get()
  async download(
    @CurrentUser() user: User,
    @Param('id', new ZodPipe(RoomId)) roomId: RoomId,
    @Query(new ZodPipe(ExportQuery)) { format }: z.output<typeof ExportQuery>,
    @Req() { method }: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const { room } = await this.access.read(roomId, user);
    await this.places.within(user.id, () => this.write(room, user, format, method === 'HEAD', response));
  }

  private async write(
    room: Room,
    user: User,
    format: ExportFormat,
    headOnly: boolean,
    response: ServerResponse,
  ): Promise<void> {
    const { contentType, write } = EXPORT_FORMATS[format];
    const events = conversationEvents((after) => this.page(room.id, user, after));
    const chunks = inChunks(write(room, events));
    // Before the head is sent: what fails here is answered as a problem.
    const first = await chunks.next();
    response.writeHead(200, {
      'content-type': contentType,
      'content-disposition': attachment(room.name, format, Date.now()),
    });
    if (headOnly) {
      response.end();
      await chunks.return(undefined);
      return;
    }
    response.setTimeout(this.places.stalledMs, () => response.destroy());
    try {
      await pipeline(goingOn(first, chunks), response);
    } catch (error) {
      if (!isHungUp(error)) throw error;
    }
  }

  /** A download may take long: whether it may go on is asked for each page. */
  private async page(roomId: RoomId, user: User, after: number): Promise<EventPage> {
    const [page] = await Promise.all([
      this.rpc.call('room.events', { roomId, after, limit: EVENTS_PER_READ }),
      this.access.read(roomId, user),
    ]);
    return page;
  }
}

async function* goingOn(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  try {
    if (first.done !== true) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** The client did not want the rest. */
function isHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
