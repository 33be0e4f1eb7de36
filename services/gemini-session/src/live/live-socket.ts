import type { Live } from '@google/genai';
import { WebSocket } from 'ws';

type SdkSocketFactory = ConstructorParameters<typeof Live>[2];
type SdkSocket = ReturnType<SdkSocketFactory['create']>;
type SdkCallbacks = Parameters<SdkSocketFactory['create']>[2];

/** Larger than any message of the service: a turn's audio comes in chunks of about 15 kB. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Makes the one socket of one Live session, and can end it at any time. */
export class LiveSocketFactory implements SdkSocketFactory {
  private readonly connectMs: number;
  private socket: LiveSocket | undefined;
  private ended = false;

  constructor(connectMs: number) {
    this.connectMs = connectMs;
  }

  create(url: string, headers: Record<string, string>, callbacks: SdkCallbacks): SdkSocket {
    this.socket = new LiveSocket(url, headers, callbacks, this.connectMs);
    // Signing in to Google goes before the socket and may outlast the deadline: then it must not be opened any more.
    if (this.ended) throw new Error('ended before the socket was opened');
    return this.socket;
  }

  /** Bytes that were sent and have not left yet. */
  get unsentBytes(): number {
    return this.socket?.unsentBytes ?? 0;
  }

  /** Ends the socket without a closing handshake; also one that is yet to be made. */
  terminate(): void {
    this.ended = true;
    this.socket?.terminate();
  }
}

class LiveSocket implements SdkSocket {
  private readonly open: () => WebSocket;
  private socket: WebSocket | undefined;

  constructor(url: string, headers: Record<string, string>, callbacks: SdkCallbacks, handshakeMs: number) {
    this.open = () => {
      const socket = new WebSocket(url, {
        headers,
        handshakeTimeout: handshakeMs,
        maxPayload: MAX_MESSAGE_BYTES,
        // Base64 of noise-like audio gains little, and costs time on every frame.
        perMessageDeflate: false,
      });
      socket.on('open', () => callbacks.onopen());
      socket.on('error', (error) => callbacks.onerror(error));
      socket.on('close', (code, reason) => callbacks.onclose({ code, reason: reason.toString() }));
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8');
        // The SDK would let a malformed message end the process as an unhandled rejection.
        if (isJson(text)) callbacks.onmessage({ data: text });
        else socket.close(1007, 'not JSON');
      });
      return socket;
    };
  }

  get unsentBytes(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  connect(): void {
    this.socket = this.open();
  }

  send(message: string): void {
    this.socket?.send(message);
  }

  close(): void {
    this.socket?.close();
  }

  terminate(): void {
    this.socket?.terminate();
  }
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
