import type { BusMessage, MessageBus, Subscription } from '@studio/bus';
import { SUBJECT, mediaKind, mediaSource } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { RoomEvents } from './room-events.ts';
import type { RoomListener } from './room-listener.ts';

/** One room with connections on this gateway: what is published in it goes to each of them. */
export class RoomHub {
  /** Replaced, never changed: a relay that is under way goes on with the array that it has. */
  private listeners: readonly RoomListener[] = [];
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly roomId: RoomId,
    private readonly bus: MessageBus,
    readonly events: RoomEvents,
  ) {}

  /** Subscribes to everything in the room. @throws when the bus cannot be reached */
  async open(): Promise<void> {
    const handlers: [string, (message: BusMessage) => void][] = [
      [SUBJECT.mediaOfRoom(this.roomId), this.onMedia],
      [SUBJECT.signal(this.roomId), this.onSignal],
      [SUBJECT.event(this.roomId), this.onEvent],
    ];
    for (const [subject, handler] of handlers) {
      this.subscriptions.push(await this.bus.subscribe(subject, handler));
    }
  }

  async close(): Promise<void> {
    this.events.close();
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()));
  }

  add(listener: RoomListener): void {
    this.listeners = [...this.listeners, listener];
  }

  remove(listener: RoomListener): void {
    this.listeners = this.listeners.filter((other) => other !== listener);
  }

  /** The hot path: one copy of the frame for all sockets, and nothing else is allocated. */
  private readonly onMedia = ({ data }: BusMessage): void => {
    const kind = mediaKind(data);
    if (kind === undefined) return;
    const { listeners } = this;
    const source = mediaSource(data);
    const now = performance.now();
    const frame = Buffer.from(data);
    for (let index = 0; index < listeners.length; index++) {
      const listener = listeners[index] as RoomListener;
      if (listener.source !== source) listener.media(frame, kind, now);
    }
  };

  private readonly onSignal = ({ data }: BusMessage): void => {
    const message = Buffer.from(data);
    for (const listener of this.listeners) listener.message(message);
  };

  private readonly onEvent = ({ data }: BusMessage): void => {
    this.events.push(data);
  };
}
