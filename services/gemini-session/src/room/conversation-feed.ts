import type { Event, RoomId } from '@studio/contracts';
import type { RpcClient } from '@studio/bus';
import { EventFeed } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import { MACHINE_CLOCK, every } from '../clock.ts';

/** A lost bus message that was the last one is found this late at most. */
const CHECK_HEAD_MS = 5_000;

/** The events of a room's conversation, each once and in order, whatever the bus loses. */
export class ConversationFeed {
  private readonly rpc: RpcClient;
  private readonly roomId: RoomId;
  private readonly logger: Logger;
  private readonly feed: EventFeed;
  private cancelCheck: () => void = () => undefined;

  constructor(rpc: RpcClient, roomId: RoomId, logger: Logger) {
    this.rpc = rpc;
    this.roomId = roomId;
    this.logger = logger;
    this.feed = new EventFeed({
      read: (after, limit) => rpc.call('room.events', { roomId, after, limit }),
      onError: (error) => logger.warn({ err: error }, 'missed events cannot be read now'),
    });
  }

  /** An event that the bus brought. */
  push(event: Event): void {
    this.feed.push(event);
  }

  /** Lets the events after `head` follow. */
  follow(head: number, listener: (event: Event) => void): void {
    this.feed.start(head);
    this.feed.subscribe(head, listener);
    this.cancelCheck = every(MACHINE_CLOCK, CHECK_HEAD_MS, () => void this.checkHead());
  }

  close(): void {
    this.cancelCheck();
    this.feed.close();
  }

  private async checkHead(): Promise<void> {
    const { roomId, feed } = this;
    try {
      const { head } = await this.rpc.call('room.events', { roomId, after: feed.head, limit: 1 });
      feed.checkHead(head);
    } catch (error) {
      this.logger.warn({ err: error }, 'the newest event cannot be asked for now');
    }
  }
}
