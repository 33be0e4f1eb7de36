import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';

/** A frame as it came, and whether it was binary. */
export interface RawFrame {
  readonly text: string;
  readonly binary: boolean;
}

/** A bare WebSocket, for what no SDK would send. */
export class RawClient {
  readonly frames: RawFrame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #socket: WebSocket;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#socket = new WebSocket(url, { headers });
    this.#socket.on('message', (data: RawData, binary) => {
      this.frames.push({ text: Buffer.isBuffer(data) ? data.toString('utf8') : '', binary });
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
    });
    // `open` reports a refused upgrade.
    this.#socket.on('error', () => undefined);
  }

  /** Resolves when open; rejects with the HTTP status where the upgrade is refused. */
  async open(): Promise<this> {
    await once(this.#socket, 'open');
    return this;
  }

  /** Sends a string as it is, anything else as JSON. */
  send(frame: unknown): this {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    return this;
  }

  async nextFrame(): Promise<RawFrame> {
    const known = this.frames.length;
    await Promise.race([once(this.#socket, 'message'), this.closed]);
    const frame = this.frames[known];
    if (!frame) throw new Error('closed before the next frame');
    return frame;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.nextFrame();
  }

  /** Resolves when the other side answers a ping. */
  async answersPing(): Promise<void> {
    const pong = once(this.#socket, 'pong');
    this.#socket.ping();
    await pong;
  }

  async isPinged(): Promise<void> {
    await once(this.#socket, 'ping');
  }

  /** What was sent and has not left yet. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** What was agreed on beyond the protocol, such as `permessage-deflate`. */
  get extensions(): string {
    return this.#socket.extensions;
  }

  close(): void {
    this.#socket.terminate();
  }
}
