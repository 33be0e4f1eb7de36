import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Sink } from './outbound-queue.ts';

const TEXT = { binary: false, compress: false } as const;
const BINARY = { binary: true, compress: false } as const;

/** A WebSocket as the outbound queue sees it. */
export class SocketSink implements Sink {
  /** @param transport the TCP connection below the WebSocket: it tells when what was written has left */
  constructor(
    private readonly webSocket: WebSocket,
    private readonly transport: Socket,
    onDrain: () => void,
  ) {
    transport.on('drain', onDrain);
  }

  get full(): boolean {
    return this.transport.writableNeedDrain;
  }

  get bufferedAmount(): number {
    return this.webSocket.bufferedAmount;
  }

  write(data: Buffer, binary: boolean): void {
    if (this.webSocket.readyState === this.webSocket.OPEN) {
      this.webSocket.send(data, binary ? BINARY : TEXT);
    }
  }
}
