import type {
  ClientKey,
  ClientRequest,
  Event,
  FloorAction,
  MediaHeader,
  MediaState,
  Role,
  Room,
  ServerMessage,
  Welcome,
} from '@studio/contracts';
import { CLOSE, GEMINI_SOURCE, StudioError, allowedMedia, encodeMediaFrame, newId } from '@studio/contracts';
import { EventOrder } from './event-order.ts';
import { mayFollow } from './media-backlog.ts';
import { PendingRequests } from './pending-requests.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import type { ReconnectingSocketOptions } from './reconnecting-socket.ts';
import type { Closed, ConnectionState, RoomConnectionEvents } from './room-connection-events.ts';
import { Standing } from './standing.ts';
import type { StandingChange } from './standing.ts';
import { TypedEmitter } from './typed-emitter.ts';

export interface RoomConnectionOptions extends ReconnectingSocketOptions {
  /** Sequence of the last event that is known already; null, the default, asks for the last page. */
  since?: number | null;
}

/** A person's connection to a room: connects, comes back by itself, and delivers every event once and in order. */
export class RoomConnection {
  readonly #emitter = new TypedEmitter<RoomConnectionEvents>();
  readonly #pending = new PendingRequests();
  readonly #order: EventOrder;
  readonly #socket: ReconnectingSocket;
  readonly #standing = new Standing();
  #media: MediaState | undefined;
  #welcome: Welcome | undefined;

  constructor(options: RoomConnectionOptions) {
    this.#order = new EventOrder(options.since ?? null);
    this.#socket = new ReconnectingSocket(options, {
      since: () => this.#order.last,
      state: (state) => {
        if (state === 'reconnecting') this.#pending.lose();
        this.#emitter.emit('state', state);
      },
      message: (message) => {
        this.#receive(message);
      },
      media: (media) => {
        this.#emitter.emit('media', media);
      },
      closed: (closed) => {
        this.#closed(closed);
      },
    });
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  /** The newest welcome; undefined before the first one. */
  get welcome(): Welcome | undefined {
    return this.#welcome;
  }

  /** What the person may do in the room now; undefined before the first welcome. */
  get role(): Role | undefined {
    return this.#standing.role;
  }

  /** The room as it is now; undefined before the first welcome. */
  get room(): Room | undefined {
    return this.#standing.room;
  }

  /** Sequence of the last event that was delivered. */
  get lastSeq(): number | null {
    return this.#order.last;
  }

  /** Adds a listener; the answer removes it again. */
  on<Name extends keyof RoomConnectionEvents>(
    name: Name,
    listener: (payload: RoomConnectionEvents[Name]) => void,
  ): () => void {
    return this.#emitter.on(name, listener);
  }

  /** Begins to connect; does nothing when that was done before. A closed connection can be opened again. */
  open(): void {
    this.#socket.open();
  }

  /** Ends the connection as if it was lost: the others see this person as away for a while. */
  close(): void {
    this.#socket.close({});
  }

  /** Leaves the room: the others see at once that this person went. */
  leave(): void {
    if (this.state === 'open') this.#socket.send({ type: 'leave', id: this.#pending.nextId() });
    this.close();
  }

  /**
   * Says something. Resolves the sequence of the event when it is durable. While the connection is away it waits, and is then
   * said once, however often it must be sent.
   * @param key a caller that says a refused line again gives the same one, so that it is said once; the event has `ownKey` of it
   * @param ask it is for Gemini, whatever the room's addressing
   * @throws StudioError when it was refused, or when the connection has ended for good before it was known to be durable
   */
  async chat(
    text: string,
    { key = newId(), ask = false }: { key?: ClientKey; ask?: boolean } = {},
  ): Promise<number> {
    const line = { type: 'chat' as const, id: this.#pending.nextId(), key, text };
    const seq = await this.#request(ask ? { ...line, ask } : line, 'resend');
    if (seq === undefined) throw new StudioError('internal', 'The server did not say where the line stands.');
    return seq;
  }

  /** Says what this connection sends from now on; it is said again after every reconnect. */
  async setMedia(media: MediaState): Promise<void> {
    this.#media = media;
    await this.#request({ type: 'media', id: this.#pending.nextId(), media }, 'give up');
  }

  /** Lets Gemini answer what is being said, or was said last. */
  async ask(): Promise<void> {
    await this.#request({ type: 'ask', id: this.#pending.nextId() }, 'give up');
  }

  /** Asks for the floor, gives it back, or moderates it. */
  async floor(floor: FloorAction): Promise<void> {
    await this.#request({ type: 'floor', id: this.#pending.nextId(), floor }, 'give up');
  }

  /** Stops what Gemini is saying. */
  async interrupt(): Promise<void> {
    await this.#request({ type: 'interrupt', id: this.#pending.nextId() }, 'give up');
  }

  /** Sends one media frame if the network is not too far behind; the answer is whether it was sent. */
  sendMedia(header: Omit<MediaHeader, 'source'>, payload: Uint8Array): boolean {
    if (this.state !== 'open' || !mayFollow(header.kind, this.#socket.bufferedAmount)) return false;
    // The gateway stamps the true source.
    this.#socket.sendBinary(encodeMediaFrame({ ...header, source: GEMINI_SOURCE }, payload));
    return true;
  }

  #request(message: ClientRequest, afterLoss: 'resend' | 'give up'): Promise<number | undefined> {
    if (this.state === 'closed') {
      return Promise.reject(new StudioError('unavailable', 'Not connected to the room.'));
    }
    if (this.state !== 'open' && afterLoss === 'give up' && message.type !== 'media') {
      return Promise.reject(new StudioError('unavailable', 'The connection is away at the moment.'));
    }
    const answer = this.#pending.add(message, afterLoss);
    if (this.state === 'open') this.#socket.send(message);
    return answer;
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'event': {
        const order = this.#order.accept(message.event.seq);
        if (order === 'next') this.#onEvent(message.event);
        else if (order === 'gap') this.#socket.renew(CLOSE.outOfStep.code);
        break;
      }
      case 'heartbeat':
        if (this.#order.misses(message.seq)) this.#socket.renew(CLOSE.outOfStep.code);
        break;
      case 'ack':
        this.#pending.acknowledge(message.id, message.seq);
        break;
      case 'error':
        this.#onError(message);
        break;
      default:
        this.#emitter.emit('signal', message);
    }
  }

  #onWelcome(welcome: Welcome): void {
    this.#welcome = welcome;
    const fresh = !welcome.recovered;
    if (fresh) this.#order.startAfter(welcome.since);
    this.#socket.welcomed();
    this.#emitter.emit('welcome', welcome);
    if (fresh) this.#emitter.emit('reset', { since: welcome.since });
    this.#tell(this.#standing.welcome(welcome));
    this.#media &&= allowedMedia(welcome.role, this.#media);
    const waiting = this.#pending.messages();
    if (this.#media && !waiting.some(({ type }) => type === 'media')) {
      this.#socket.send({ type: 'media', id: this.#pending.nextId(), media: this.#media });
    }
    for (const request of waiting) this.#socket.send(request);
  }

  #onEvent(event: Event): void {
    const change = this.#standing.apply(event);
    this.#emitter.emit('event', event);
    this.#tell(change);
    if (change.role !== undefined) this.#narrow((media) => allowedMedia(change.role ?? 'viewer', media));
    if (change.mutedBy) this.#narrow((media) => ({ ...media, microphone: false }));
  }

  #tell({ role, room, mutedBy }: StandingChange): void {
    if (room) this.#emitter.emit('room', room);
    if (role) this.#emitter.emit('role', role);
    if (mutedBy) this.#emitter.emit('muted', { by: mutedBy });
  }

  /** Says that less is sent from now on, if it is less. */
  #narrow(to: (media: MediaState) => MediaState): void {
    const now = this.#media && to(this.#media);
    if (!now || sameMedia(now, this.#media)) return;
    // What becomes of it is no news: it is said again after every reconnect.
    this.setMedia(now).catch(() => undefined);
  }

  #onError(error: Extract<ServerMessage, { type: 'error' }>): void {
    const { id } = error;
    if (id === undefined) {
      this.#emitter.emit('warning', StudioError.fromBody(error));
      return;
    }
    const retries = this.#pending.refuse(id, error);
    if (retries === undefined) return;
    const { generation } = this.#socket;
    setTimeout(() => {
      const message = this.#pending.get(id);
      // A newer connection has sent it again already.
      if (message && generation === this.#socket.generation) this.#socket.send(message);
    }, this.#socket.delay(retries));
  }

  #closed(closed: Closed): void {
    this.#pending.rejectAll(closed.error ?? new StudioError('closed', closed.close?.reason ?? 'You left.'));
    this.#emitter.emit('closed', closed);
  }
}

function sameMedia(media: MediaState, other: MediaState | undefined): boolean {
  return (
    media.microphone === other?.microphone && media.camera === other.camera && media.screen === other.screen
  );
}
