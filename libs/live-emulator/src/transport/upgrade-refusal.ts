import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** How a connection is refused: by the HTTP status of its upgrade, or opened and closed at once. */
export type UpgradeRefusal = { readonly status: number } | { readonly code: number; readonly reason: string };

export function refuseUpgrade(socket: Duplex, status: number): void {
  // The client may have gone already; then there is nobody to tell.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

export function closeAtOnce(socket: WebSocket, code: number, reason: string): void {
  socket.on('error', () => socket.terminate());
  socket.close(code, reason);
}
