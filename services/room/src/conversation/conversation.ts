import { Inject, Injectable } from '@nestjs/common';
import { StudioError, SUBJECT } from '@studio/contracts';
import type { Actor, Event, EventPage, RoomId, RpcRequest } from '@studio/contracts';
import type { MessageBus } from '@studio/bus';
import { KeyedAppender } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { ArchiveUpkeep } from '../archive/archive-upkeep.ts';
import { ConversationEraser } from '../archive/conversation-eraser.ts';
import { History } from '../archive/history.ts';
import { BUS, CLOCK, CONFIG, EVENT_LOG } from '../ports.ts';
import type { Clock } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { decodeEvent, encodeEvent } from './event-data.ts';
import { fitPage } from './event-window.ts';

export interface Appended {
  seq: number;
  /** It was there before: this was a repetition. */
  duplicate: boolean;
}

/** The events of rooms: appended to the log, then published; read wherever they are kept. */
@Injectable()
export class Conversation {
  private readonly appender: KeyedAppender;

  constructor(
    @Inject(BUS) private readonly bus: MessageBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly history: History,
    private readonly upkeep: ArchiveUpkeep,
    private readonly eraser: ConversationEraser,
    @Inject(CONFIG) { ARCHIVE_KEEP }: RoomConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.appender = new KeyedAppender(log, { keysPerLog: ARCHIVE_KEEP });
  }

  /**
   * Resolves when the event is durable and has been published. A repeated one is published again, which mends a lost publication.
   * @throws StudioError not_found when the conversation has been deleted
   */
  async append(roomId: RoomId, line: Pick<Event, 'key' | 'actor' | 'body'>): Promise<Appended> {
    let data: Uint8Array = new Uint8Array();
    const { seq, duplicate } = await this.appender.append(roomId, line.key, (seq) => {
      // Its writer took the room for open, or for closed a moment too late: nothing begins anew that is gone.
      if (seq === 1 && line.body.type !== 'room.created')
        throw new StudioError('not_found', 'There is no such room.');
      data = encodeEvent({ seq, at: this.clock(), ...line });
      return data;
    });
    // Not what this call made: the first one counts, with its own time.
    // One that has left the log was published long ago.
    const entry = duplicate ? (await this.log.read(roomId, seq - 1, 1))[0] : { seq, data };
    if (!duplicate) this.upkeep.appended(roomId, data, line.body.type);
    if (entry?.seq === seq) this.bus.publish(SUBJECT.event(roomId), entry.data);
    return { seq, duplicate };
  }

  /** Ends the conversation of a deleted room: tells whoever is still there, and removes all of it. Nothing happens when there is none. */
  async end(roomId: RoomId, actor: Actor): Promise<void> {
    if ((await this.log.head(roomId)) > 0) await this.close(roomId, actor);
    this.appender.forget(roomId);
    await this.eraser.erase(roomId);
  }

  private async close(roomId: RoomId, actor: Actor): Promise<void> {
    try {
      await this.append(roomId, { key: 'room.deleted', actor, body: { type: 'room.closed' } });
    } catch (error) {
      // Another process, which deletes the same room, has told it and was quicker.
      if (!(error instanceof StudioError) || error.code !== 'not_found') throw error;
    }
  }

  /** Sequences of the oldest event that can be had now and of the newest. @throws StudioError not_found */
  bounds(roomId: RoomId): Promise<{ first: number; head: number }> {
    return this.history.bounds(roomId);
  }

  /** Sequence of a room's newest event. */
  head(roomId: RoomId): Promise<number> {
    return this.log.head(roomId);
  }

  /** @throws StudioError not_found, invalid, unavailable; StoreUnavailableError */
  async events({ roomId, ...request }: RpcRequest<'room.events'>): Promise<EventPage> {
    const { lines, keep, first, head } = await this.history.window(roomId, request);
    const events = fitPage(lines, keep).map(({ data }) => decodeEvent(data));
    return { events, first, head };
  }
}
