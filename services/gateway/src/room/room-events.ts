import { RpcClient, decodeJson } from '@studio/bus';
import { Event, SUBJECT } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { EventFeed } from '@studio/event-log';
import type { Logger } from '@studio/platform';

/** A connection's way to be told of an event: the message as it travels, which is shared, and what it says. */
export type EventListener = (message: Buffer, event: Event) => void;

/** The events of one room without gap or double, whatever the bus loses. */
export class RoomEvents {
  private readonly feed: EventFeed;
  private started = false;
  /** The event that all connections are being told of is encoded once. */
  private newest: { event: Event; message: Buffer } | undefined;

  constructor(
    private readonly roomId: RoomId,
    rpc: RpcClient,
    private readonly logger: Logger,
  ) {
    this.feed = new EventFeed({
      read: (after, limit) => rpc.call('room.events', { roomId, after, limit }),
      onError: (error) => {
        logger.warn({ err: error, roomId }, 'events of a room could not be read or given on');
      },
    });
  }

  /** What came from the bus: JSON of an event. */
  push(data: Uint8Array): void {
    const event = Event.safeParse(decodeJson(data));
    if (event.success) this.feed.push(event.data);
    else this.logger.error({ subject: SUBJECT.event(this.roomId) }, 'what was published is no event');
  }

  /**
   * Tells of every event after `after`, in order, from now on; the answer ends it.
   * @param head the room's newest event, as far as is known
   */
  follow(after: number, head: number, listener: EventListener): () => void {
    if (!this.started) this.feed.start(head);
    this.started = true;
    this.feed.checkHead(head);
    return this.feed.subscribe(after, (event) => {
      listener(this.encode(event), event);
    });
  }

  /** The room has events up to this one: the bus may have lost the last ones. */
  checkHead(head: number): void {
    if (this.started) this.feed.checkHead(head);
  }

  close(): void {
    this.feed.close();
  }

  private encode(event: Event): Buffer {
    if (this.newest?.event !== event) {
      this.newest = { event, message: Buffer.from(JSON.stringify({ type: 'event', event })) };
    }
    return this.newest.message;
  }
}
