import { Inject, Injectable } from '@nestjs/common';
import { StudioError, SUBJECT } from '@studio/contracts';
import type { Actor, Event, EventPage, RoomId, RpcRequest } from '@studio/contracts';
import type { MessageBus } from '@studio/bus';
import { KeyedAppender } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { BUS, EVENT_LOG } from '../ports.ts';
import { decodeEvent, encodeEvent } from './event-data.ts';
import { eventWindow, fitPage } from './event-window.ts';

export interface Appended {
  seq: number;
  /** It was there before: this was a repetition. */
  duplicate: boolean;
}

/** The events of rooms: appended to the log, then published. */
@Injectable()
export class Conversation {
  private readonly appender: KeyedAppender;

  constructor(
    @Inject(BUS) private readonly bus: MessageBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {
    this.appender = new KeyedAppender(log);
  }

  /** Resolves when the event is durable and has been published. A repeated one is published again, which mends a lost publication. */
  async append(roomId: RoomId, line: Pick<Event, 'key' | 'actor' | 'body'>): Promise<Appended> {
    let data: Uint8Array = new Uint8Array();
    const { seq, duplicate } = await this.appender.append(roomId, line.key, (seq) => {
      data = encodeEvent({ seq, at: Date.now(), ...line });
      return data;
    });
    // Not what this call made: the first one counts, with its own time.
    const entry = duplicate ? (await this.log.read(roomId, seq - 1, 1))[0] : { data };
    if (entry !== undefined) this.bus.publish(SUBJECT.event(roomId), entry.data);
    return { seq, duplicate };
  }

  /** Ends the conversation of a deleted room: tells whoever is still there, and removes all of it. Nothing happens when there is none. */
  async end(roomId: RoomId, actor: Actor): Promise<void> {
    if ((await this.log.head(roomId)) > 0)
      await this.append(roomId, { key: 'room.deleted', actor, body: { type: 'room.closed' } });
    this.appender.forget(roomId);
    await this.log.delete(roomId);
  }

  /** Sequence of a room's newest event. */
  head(roomId: RoomId): Promise<number> {
    return this.log.head(roomId);
  }

  /** @throws StudioError not_found, invalid */
  async events({ roomId, ...request }: RpcRequest<'room.events'>): Promise<EventPage> {
    const head = await this.log.head(roomId);
    // Every room begins with `room.created`.
    if (head === 0) throw new StudioError('not_found', 'There is no such room.');
    const { after, limit, keep } = eventWindow(request, head);
    const entries = limit === 0 || after >= head ? [] : await this.log.read(roomId, after, limit);
    const events = fitPage(entries, keep).map(({ data }) => decodeEvent(data));
    return { events, first: 1, head: Math.max(head, events.at(-1)?.seq ?? 0) };
  }
}
