import type { ClientMessage, RoomId, ServerMessage } from '@studio/contracts';
import { CLOSE, StudioError, WS_PATH, closeByCode, comesBack } from '@studio/contracts';
import { page } from './page.ts';
import { isPassing } from './passing-errors.ts';
import { reconnectDelay } from './reconnect-schedule.ts';
import type { Closed, ConnectionState, RoomConnectionEvents } from './room-connection-events.ts';
import { RoomSocket } from './room-socket.ts';
import type { SocketClass } from './socket.ts';
import type { StudioApi } from './studio-api.ts';

export interface ReconnectingSocketOptions {
  api: Pick<StudioApi, 'ticket' | 'baseUrl'>;
  roomId: RoomId;
  /** Of the WebSocket; default: `/ws` where the API is. */
  url?: string;
  WebSocket?: SocketClass;
  /** From 0 to below 1; for tests. */
  random?: () => number;
  /** Tells `online` when the network is back; default: the browser's page, if there is one. */
  network?: Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
}

export interface ReconnectingSocketHandlers {
  /** Sequence of the last event that is known, for the next hello. */
  since(): number | null;
  state(state: ConnectionState): void;
  message(message: ServerMessage): void;
  media(media: RoomConnectionEvents['media']): void;
  closed(closed: Closed): void;
}

/** After this long, in milliseconds, a connection counts as good, and the next loss begins the schedule anew. */
const STABLE_MS = 5_000;
/** A close code of the WebSocket protocol: this side is done. */
const NORMAL = 1000;

/** Fetches a ticket and connects, again and again until it is closed for good. */
export class ReconnectingSocket {
  readonly #options: ReconnectingSocketOptions;
  readonly #handlers: ReconnectingSocketHandlers;
  readonly #network: NonNullable<ReconnectingSocketOptions['network']>;
  #state: ConnectionState = 'closed';
  #socket: RoomSocket | undefined;
  #attempt = 0;
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  constructor(options: ReconnectingSocketOptions, handlers: ReconnectingSocketHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#network = options.network ?? page;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Changes with every attempt to connect. */
  get generation(): number {
    return this.#generation;
  }

  /** Bytes that wait to be sent. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  open(): void {
    if (this.#state !== 'closed') return;
    this.#attempt = 0;
    this.#network.addEventListener?.('online', this.#onOnline);
    this.#setState('connecting');
    void this.#connect();
  }

  /** Does nothing while there is no connection. */
  send(message: ClientMessage): void {
    this.#socket?.send(message);
  }

  sendBinary(frame: Uint8Array<ArrayBuffer>): void {
    this.#socket?.sendBinary(frame);
  }

  /** The server has welcomed the connection. */
  welcomed(): void {
    this.#openedAt = performance.now();
    this.#setState('open');
  }

  /** Gives this connection up and makes another one. */
  renew(code: number): void {
    this.#socket?.end(code);
  }

  /** Ends it for good. */
  close(closed: Closed): void {
    if (this.#state === 'closed') return;
    this.#generation++;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#network.removeEventListener?.('online', this.#onOnline);
    this.#setState('closed');
    this.#socket?.end(NORMAL);
    this.#socket = undefined;
    this.#handlers.closed(closed);
  }

  /** Milliseconds to wait before an attempt. */
  delay(attempt: number, leastMs = 0): number {
    return reconnectDelay(attempt, leastMs, (this.#options.random ?? Math.random)());
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
    const hello = { type: 'hello', ticket, since: this.#handlers.since() } as const;
    this.#socket = new RoomSocket(WebSocketClass, this.#url(), hello, {
      message: (message) => {
        this.#handlers.message(message);
      },
      media: (media) => {
        this.#handlers.media(media);
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

  #ended(code: number): void {
    if (this.#state === 'closed') return;
    const close = closeByCode(code);
    // A page that slept between the opening of its socket and its hello has done nothing wrong.
    if (!comesBack(code) && code !== CLOSE.helloTimeout.code) {
      this.close(close ? { close } : {});
      return;
    }
    if (this.#state === 'open' && performance.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#comeBack(close?.retryMs ?? 0);
  }

  #ticketFailed(error: StudioError): void {
    if (isPassing(error)) this.#comeBack(0);
    else this.close({ error });
  }

  #comeBack(leastMs: number): void {
    this.#timer = setTimeout(this.#connectNow, this.delay(this.#attempt++, leastMs));
    this.#setState('reconnecting');
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

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#handlers.state(state);
  }
}
