import type {
  ClientRequest,
  IdempotencyKey,
  MediaHeader,
  MediaState,
  RoomId,
  ServerMessage,
  Welcome,
} from '@studio/contracts';
import {
  CLOSE,
  GEMINI_SOURCE,
  StudioError,
  WS_PATH,
  closeByCode,
  comesBack,
  encodeMediaFrame,
  newId,
} from '@studio/contracts';
import { EventOrder } from './event-order.ts';
import { page } from './page.ts';
import { PendingRequests } from './pending-requests.ts';
import { reconnectDelay } from './reconnect-schedule.ts';
import type { Closed, ConnectionState, RoomConnectionEvents } from './room-connection-events.ts';
import { RoomSocket } from './room-socket.ts';
import type { SocketClass } from './socket.ts';
import type { StudioApi } from './studio-api.ts';
import { TypedEmitter } from './typed-emitter.ts';

export interface RoomConnectionOptions {
  api: Pick<StudioApi, 'ticket' | 'baseUrl'>;
  roomId: RoomId;
  /** Of the WebSocket; default: `/ws` where the API is. */
  url?: string;
  /** Sequence of the last event that is known already; null, the default, asks for the last page. */
  since?: number | null;
  WebSocket?: SocketClass;
  /** From 0 to below 1; for tests. */
  random?: () => number;
  /** Tells `online` when the network is back; default: the browser's window, if there is one. */
  network?: Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
}

/** Media is dropped while more than this waits to be sent, in bytes: late audio is worth less than no audio. */
const MEDIA_BUFFER_BYTES = 64 * 1024;
/** After this long, in milliseconds, a connection counts as good, and the next loss begins the schedule anew. */
const STABLE_MS = 5_000;
/** Errors of the ticket request that another attempt may not meet. */
const PASSING: ReadonlySet<string> = new Set(['unavailable', 'timeout', 'internal', 'rate_limited']);
/** A close code of the WebSocket protocol: this side is done. */
const NORMAL = 1000;

/** A person's connection to a room: connects, comes back by itself, and delivers every event once and in order. */
export class RoomConnection {
  readonly #options: RoomConnectionOptions;
  readonly #emitter = new TypedEmitter<RoomConnectionEvents>();
  readonly #pending = new PendingRequests();
  readonly #order: EventOrder;
  readonly #network: NonNullable<RoomConnectionOptions['network']>;
  #state: ConnectionState = 'closed';
  #socket: RoomSocket | undefined;
  #media: MediaState | undefined;
  #welcome: Welcome | undefined;
  #attempt = 0;
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes with every attempt: what belongs to an older one is ignored. */
  #generation = 0;

  constructor(options: RoomConnectionOptions) {
    this.#options = options;
    this.#order = new EventOrder(options.since ?? null);
    this.#network = options.network ?? page;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The newest welcome; undefined before the first one. */
  get welcome(): Welcome | undefined {
    return this.#welcome;
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
    if (this.#state !== 'closed') return;
    this.#attempt = 0;
    this.#network.addEventListener?.('online', this.#onOnline);
    this.#setState('connecting');
    void this.#connect();
  }

  /** Ends the connection as if it was lost: the others see this person as away for a while. */
  close(): void {
    if (this.#state !== 'closed') this.#end({});
  }

  /** Leaves the room: the others see at once that this person went. */
  leave(): void {
    if (this.#state === 'open') this.#socket?.send({ type: 'leave', id: this.#pending.nextId() });
    this.close();
  }

  /**
   * Says something. Resolves the sequence of the event when it is durable. While the connection is away it waits, and is then
   * said once, however often it must be sent.
   * @param key the event's key; a caller that says a refused line again gives the same one, so that it is said once
   * @throws StudioError when it was refused, or when the connection has ended for good before it was known to be durable
   */
  async chat(text: string, key: IdempotencyKey = newId()): Promise<number> {
    const seq = await this.#request({ type: 'chat', id: this.#pending.nextId(), key, text }, 'resend');
    if (seq === undefined) throw new StudioError('internal', 'The server did not say where the line stands.');
    return seq;
  }

  /** Says what this connection sends from now on; it is said again after every reconnect. */
  async setMedia(media: MediaState): Promise<void> {
    this.#media = media;
    await this.#request({ type: 'media', id: this.#pending.nextId(), media }, 'give up');
  }

  /** Stops what Gemini is saying. */
  async interrupt(): Promise<void> {
    await this.#request({ type: 'interrupt', id: this.#pending.nextId() }, 'give up');
  }

  /** Sends one media frame if it can leave at once; the answer is whether it was sent. */
  sendMedia(header: Omit<MediaHeader, 'source'>, payload: Uint8Array): boolean {
    const socket = this.#socket;
    if (this.#state !== 'open' || !socket || socket.bufferedAmount > MEDIA_BUFFER_BYTES) return false;
    // The gateway stamps the true source.
    socket.sendBinary(encodeMediaFrame({ ...header, source: GEMINI_SOURCE }, payload));
    return true;
  }

  #request(message: ClientRequest, afterLoss: 'resend' | 'give up'): Promise<number | undefined> {
    if (this.#state === 'closed') {
      return Promise.reject(new StudioError('unavailable', 'Not connected to the room.'));
    }
    if (this.#state !== 'open' && afterLoss === 'give up' && message.type !== 'media') {
      return Promise.reject(new StudioError('unavailable', 'The connection is away at the moment.'));
    }
    const answer = this.#pending.add(message, afterLoss);
    if (this.#state === 'open') this.#socket?.send(message);
    return answer;
  }

  async #connect(): Promise<void> {
    const generation = ++this.#generation;
    let ticket;
    try {
      ({ ticket } = await this.#options.api.ticket(this.#options.roomId));
    } catch (error) {
      if (generation === this.#generation) this.#ticketFailed(StudioError.from(error));
      return;
    }
    if (generation !== this.#generation) return;
    const WebSocketClass = this.#options.WebSocket ?? WebSocket;
    const hello = { type: 'hello', ticket, since: this.#order.last } as const;
    this.#socket = new RoomSocket(WebSocketClass, this.#url(), hello, {
      message: (message) => {
        this.#receive(message);
      },
      media: (media) => {
        this.#emitter.emit('media', media);
      },
      end: (code) => {
        this.#socket = undefined;
        this.#ended(code);
      },
    });
  }

  #url(): string {
    if (this.#options.url !== undefined) return this.#options.url;
    const base = this.#options.api.baseUrl;
    const url = new URL(WS_PATH, base === '' ? page.location?.href : base);
    url.protocol = url.protocol.replace('http', 'ws');
    return url.href;
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'event': {
        const order = this.#order.accept(message.event.seq);
        if (order === 'next') this.#emitter.emit('event', message.event);
        else if (order === 'gap') this.#socket?.end(CLOSE.outOfStep.code);
        break;
      }
      case 'heartbeat':
        if (this.#order.misses(message.seq)) this.#socket?.end(CLOSE.outOfStep.code);
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
    this.#openedAt = performance.now();
    const fresh = !welcome.recovered;
    if (fresh) this.#order.startAfter(welcome.since);
    this.#setState('open');
    this.#emitter.emit('welcome', welcome);
    if (fresh) this.#emitter.emit('reset', { since: welcome.since });
    const waiting = this.#pending.messages();
    if (this.#media && !waiting.some(({ type }) => type === 'media')) {
      this.#socket?.send({ type: 'media', id: this.#pending.nextId(), media: this.#media });
    }
    for (const request of waiting) this.#socket?.send(request);
  }

  #onError(error: Extract<ServerMessage, { type: 'error' }>): void {
    const { id } = error;
    if (id === undefined) {
      this.#emitter.emit('warning', StudioError.fromBody(error));
      return;
    }
    const retries = this.#pending.refuse(id, error);
    if (retries === undefined) return;
    const generation = this.#generation;
    setTimeout(
      () => {
        const message = this.#pending.get(id);
        // A newer connection has sent it again already.
        if (message && generation === this.#generation) this.#socket?.send(message);
      },
      this.#delay(retries, 0),
    );
  }

  #ended(code: number): void {
    if (this.#state === 'closed') return;
    const close = closeByCode(code);
    if (!comesBack(code)) {
      this.#end(close ? { close } : {});
      return;
    }
    if (this.#state === 'open' && performance.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#comeBack(close?.retryMs ?? 0);
  }

  #ticketFailed(error: StudioError): void {
    if (PASSING.has(error.code)) this.#comeBack(0);
    else this.#end({ error });
  }

  #comeBack(leastMs: number): void {
    this.#pending.lose();
    this.#setState('reconnecting');
    this.#timer = setTimeout(this.#connectNow, this.#delay(this.#attempt++, leastMs));
  }

  #delay(attempt: number, leastMs: number): number {
    return reconnectDelay(attempt, leastMs, (this.#options.random ?? Math.random)());
  }

  readonly #connectNow = (): void => {
    this.#timer = undefined;
    void this.#connect();
  };

  /** The network is back: there is no reason to wait any longer. */
  readonly #onOnline = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#connectNow();
  };

  #end(closed: Closed): void {
    this.#generation++;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#network.removeEventListener?.('online', this.#onOnline);
    this.#setState('closed');
    this.#socket?.end(NORMAL);
    this.#socket = undefined;
    this.#pending.rejectAll(closed.error ?? new StudioError('closed', closed.close?.reason ?? 'You left.'));
    this.#emitter.emit('closed', closed);
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#emitter.emit('state', state);
  }
}
