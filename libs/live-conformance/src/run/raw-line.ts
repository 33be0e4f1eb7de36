import type { LiveServerMessage } from '@google/genai';
import { WebSocket } from 'ws';
import type { Exchange } from '../exchange/exchange.ts';
import type { Kind } from '../exchange/kinds.ts';
import { LineEnded } from './listener.ts';
import type { Listener } from './listener.ts';

/** A bare WebSocket, for what no SDK would send. */
export class RawLine {
  readonly #socket: WebSocket;
  readonly #listener: Listener;

  private constructor(socket: WebSocket, listener: Listener) {
    this.#socket = socket;
    this.#listener = listener;
  }

  /** @throws LineEnded when the upgrade is refused. */
  static async open(url: string, headers: Record<string, string>, listener: Listener): Promise<RawLine> {
    const socket = new WebSocket(url, { headers });
    const { exchange } = listener;
    socket.on('message', (data, binary) => {
      const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      exchange.frames.push({ text, binary });
      listener.hear(JSON.parse(text) as LiveServerMessage);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.on('error', (error) => {
        exchange.failure ??= error.message;
        reject(new LineEnded());
      });
    });
    socket.on('close', (code, reason) => listener.end(code, reason.toString('utf8')));
    return new RawLine(socket, listener);
  }

  get exchange(): Exchange {
    return this.#listener.exchange;
  }

  /** Sends a string or bytes as they are, anything else as JSON. */
  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  async gets(kind: Kind, count = 1): Promise<void> {
    await this.#listener.gets(kind, count);
  }

  async until(condition: (exchange: Exchange) => boolean): Promise<void> {
    await this.#listener.until(condition);
  }

  async ended(): Promise<void> {
    await this.#listener.until(({ ending }) => ending !== null);
  }

  async close(): Promise<void> {
    await this.#listener.hangUp(() => this.#socket.close());
  }
}
