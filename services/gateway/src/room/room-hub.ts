import { RpcClient, decodeJson } from '@studio/bus';
import type { BusMessage, MessageBus, Subscription } from '@studio/bus';
import { SUBJECT, Signal, mediaKind, mediaSource } from '@studio/contracts';
import type { RoomId, RpcResponse } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import { RelayedPeople } from './relayed-people.ts';
import { RoomEvents } from './room-events.ts';
import type { RoomListener } from './room-listener.ts';
import { RoomPulse } from './room-pulse.ts';

/** One room with connections on this gateway: what is published in it goes to each of them. */
export class RoomHub {
  /** Replaced, never changed: a relay that is under way goes on with the array that it has. */
  private listeners: readonly RoomListener[] = [];
  private subscriptions: Subscription[] = [];
  private closed = false;
  private begun = false;
  private readonly people = new RelayedPeople();
  private readonly pulse: RoomPulse;
  readonly events: RoomEvents;

  constructor(
    private readonly roomId: RoomId,
    private readonly bus: MessageBus,
    rpc: RpcClient,
    private readonly logger: Logger,
  ) {
    this.events = new RoomEvents(roomId, rpc, logger);
    this.pulse = new RoomPulse(roomId, rpc, logger, {
      onAsking: () => {
        this.people.asking();
      },
      onTruth: this.mend,
    });
  }

  /** Subscribes to everything in the room. @throws when the bus cannot be reached */
  async open(): Promise<void> {
    const handlers: [string, (message: BusMessage) => void][] = [
      [SUBJECT.mediaOfRoom(this.roomId), this.onMedia],
      [SUBJECT.signal(this.roomId), this.onSignal],
      [SUBJECT.event(this.roomId), this.onEvent],
    ];
    for (const [subject, handler] of handlers) {
      const subscription = await this.bus.subscribe(subject, handler);
      // Whoever waited for it may have given up.
      if (this.isClosed()) await subscription.close();
      else this.subscriptions.push(subscription);
    }
  }

  private isClosed(): boolean {
    return this.closed;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.pulse.stop();
    this.events.close();
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()));
  }

  add(listener: RoomListener): void {
    this.listeners = [...this.listeners, listener];
  }

  /** What a connection was welcomed with. */
  welcomed(truth: Pick<RpcResponse<'room.pulse'>, 'participants' | 'lobby'>): void {
    if (!this.begun) this.people.begin(truth);
    this.begun = true;
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
    const signal = Signal.safeParse(decodeJson(data));
    if (signal.success) this.people.told(signal.data);
    else this.logger.error({ subject: SUBJECT.signal(this.roomId) }, 'what was published is no signal');
    this.tell(Buffer.from(data));
  };

  private tell(message: Buffer): void {
    for (const listener of this.listeners) listener.message(message);
  }

  /** The bus may have lost what nothing else follows. */
  private readonly mend = (truth: RpcResponse<'room.pulse'>): void => {
    this.events.checkHead(truth.head);
    if (!this.begun || this.isForgotten(truth)) return;
    for (const signal of this.people.missing(truth)) this.tell(Buffer.from(JSON.stringify(signal)));
  };

  /** Presence was emptied, and does not know yet who is here. */
  private isForgotten({ participants }: RpcResponse<'room.pulse'>): boolean {
    const known = new Set(participants.flatMap(({ sources }) => sources));
    return this.listeners.some(({ source }) => source > 0 && !known.has(source));
  }

  private readonly onEvent = ({ data }: BusMessage): void => {
    this.events.push(data);
  };
}
