import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { MediaKind, ServerMessage } from '@studio/contracts';
import { OutboundQueue } from './outbound-queue.ts';
import { SocketSink } from './socket-sink.ts';

/** Everything that a connection is sent leaves through here, in order. */
export class Outbox {
  private readonly queue: OutboundQueue;

  /**
   * @param onDrop media frames were dropped because the connection is slow
   * @param onOverflow there is no room for something that must arrive
   */
  constructor(
    webSocket: WebSocket,
    transport: Socket,
    onDrop: (frames: number) => void,
    private readonly onOverflow: () => void,
  ) {
    const sink = new SocketSink(webSocket, transport, () => {
      this.queue.drained(performance.now());
    });
    this.queue = new OutboundQueue(sink, onDrop);
  }

  send(message: ServerMessage): void {
    this.sendJson(Buffer.from(JSON.stringify(message)));
  }

  /** Sends a message that is JSON already; the buffer may be shared. */
  sendJson(json: Buffer): void {
    if (!this.queue.send(json, false, performance.now())) this.onOverflow();
  }

  /** Sends or drops a media frame; the buffer may be shared. */
  sendMedia(frame: Buffer, kind: MediaKind, now: number): void {
    this.queue.sendMedia(frame, kind, now);
  }

  /** Calls back when everything has been given to the network. */
  whenEmpty(callback: () => void): void {
    this.queue.whenEmpty(callback);
  }
}
