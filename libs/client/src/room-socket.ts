import type { ClientMessage, Hello, MediaHeader, Welcome } from '@studio/contracts';
import { CLOSE, LIMITS, PROTOCOL, ServerMessage, decodeMediaHeader, mediaPayload } from '@studio/contracts';
import type { RoomConnectionEvents } from './room-connection-events.ts';
import type { Socket, SocketClass } from './socket.ts';
import { Watchdog } from './watchdog.ts';

/** A connection that was not welcomed within this is given up, in milliseconds. */
const WELCOME_TIMEOUT_MS = 10_000;

export interface RoomSocketHandlers {
  message(message: ServerMessage): void;
  media(media: RoomConnectionEvents['media']): void;
  /** The connection is over; called once, and nothing is called afterwards. */
  end(code: number): void;
}

/** One WebSocket from hello to its end. */
export class RoomSocket {
  readonly #socket: Socket;
  readonly #handlers: RoomSocketHandlers;
  readonly #watchdog: Watchdog;
  #over = false;

  constructor(WebSocket: SocketClass, url: string, hello: Hello, handlers: RoomSocketHandlers) {
    this.#handlers = handlers;
    this.#watchdog = new Watchdog(() => {
      this.end(CLOSE.noPong.code);
    });
    this.#watchdog.start(WELCOME_TIMEOUT_MS);
    this.#socket = new WebSocket(url, PROTOCOL);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      this.send(hello);
    });
    this.#socket.addEventListener('message', ({ data }) => {
      this.#receive(data);
    });
    this.#socket.addEventListener('close', ({ code }) => {
      this.#finish(code);
    });
    // A `close` follows and tells the rest; without a listener Node's `ws` would throw.
    this.#socket.addEventListener('error', () => undefined);
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: ClientMessage): void {
    if (!this.#over) this.#socket.send(JSON.stringify(message));
  }

  sendBinary(frame: Uint8Array<ArrayBuffer>): void {
    if (!this.#over) this.#socket.send(frame);
  }

  /** Closes from this side and reports the end at once: a dead network would let the close handshake wait for long. */
  end(code: number): void {
    if (this.#over) return;
    this.#socket.close(code);
    this.#finish(code);
  }

  #receive(data: unknown): void {
    if (this.#over) return;
    this.#watchdog.heard();
    if (typeof data === 'string') {
      const message = parse(data);
      if (!message) return;
      if (message.type === 'welcome') this.#watchdog.start(silenceLimit(message));
      this.#handlers.message(message);
    } else if (data instanceof ArrayBuffer) {
      const frame = new Uint8Array(data);
      const header: MediaHeader | undefined = decodeMediaHeader(frame);
      if (header) this.#handlers.media({ header, payload: mediaPayload(frame) });
    }
  }

  #finish(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#watchdog.stop();
    this.#handlers.end(code);
  }
}

function silenceLimit({ heartbeatMs }: Welcome): number {
  return heartbeatMs + LIMITS.pongTimeoutMs;
}

/** Undefined for what this client does not understand: a newer server may say more, and a lost event shows as a gap. */
function parse(data: string): ServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  return ServerMessage.safeParse(value).data;
}
