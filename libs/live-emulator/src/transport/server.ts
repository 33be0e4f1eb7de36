import { STATUS_CODES, createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { ConnectionPorts } from './connection.ts';
import { Connection } from './connection.ts';
import { credentialOf, isAccepted } from './credentials.ts';
import { endpointOf } from './endpoint.ts';
import { Listener } from './listener.ts';

/** Larger than the largest picture in base64, in bytes. */
const MAX_FRAME = 12 * 1024 * 1024;

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** The one key that is accepted; any where it is not given. */
  readonly apiKey: string | undefined;
}

/**
 * Serves Live connections, and `GET /admin/sessions`.
 * @throws the system's error when it cannot listen there.
 */
export async function serve(options: ServerOptions, ports: ConnectionPorts): Promise<Listener> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const server = createServer((request, response) => {
    const { status, body } = answerHttp(request, options, ports);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  });
  server.on('upgrade', (request, socket, head) => {
    const { path, query } = targetOf(request);
    const endpoint = endpointOf(path);
    const refusal = ports.faults.atDoor();
    const open = (opened: (webSocket: WebSocket) => void) =>
      sockets.handleUpgrade(request, socket, head, opened);
    if (refusal?.code !== undefined) {
      const { code, reason = '' } = refusal;
      open((webSocket) => turnAway(webSocket, code, reason, ports));
    } else if (refusal) {
      refuse(socket, refusal.status ?? 503, ports);
    } else if (!endpoint) {
      refuse(socket, 404, ports);
    } else if (!isAccepted(credentialOf(query, request.headers), options.apiKey)) {
      refuse(socket, 401, ports);
    } else {
      open((webSocket) => new Connection(webSocket, request.socket, endpoint, ports));
    }
  });
  const cut = () => {
    for (const client of sockets.clients) client.terminate();
  };
  const listener = await Listener.open(server, options, cut, (error) => ports.journal.failed(error));
  ports.faults.reach(listener);
  return listener;
}

function answerHttp(
  request: IncomingMessage,
  { apiKey }: ServerOptions,
  { journal }: ConnectionPorts,
): { status: number; body: unknown } {
  const { path, query } = targetOf(request);
  if (path !== '/admin/sessions') return { status: 404, body: errorBody(404, 'Not found.', 'NOT_FOUND') };
  if (apiKey !== undefined && !isAccepted(credentialOf(query, request.headers), apiKey)) {
    return {
      status: 401,
      body: errorBody(401, 'API key not valid. Please pass a valid API key.', 'UNAUTHENTICATED'),
    };
  }
  if (request.method !== 'GET') return { status: 405, body: errorBody(405, 'Only GET.', 'UNIMPLEMENTED') };
  return { status: 200, body: { sessions: journal.sessions } };
}

function errorBody(code: number, message: string, status: string): unknown {
  return { error: { code, message, status } };
}

/** The path as it was sent: a path that begins with two slashes is no host name here. */
function targetOf(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

/** Opens and closes, as a service does that refuses after the handshake. */
function turnAway(socket: WebSocket, code: number, reason: string, { journal }: ConnectionPorts): void {
  journal.refused(code, reason);
  socket.on('error', () => socket.terminate());
  socket.close(code, reason);
}

function refuse(socket: Duplex, status: number, { journal }: ConnectionPorts): void {
  const reason = STATUS_CODES[status] ?? '';
  journal.refused(status, reason);
  // The client may have gone already; then there is nobody to tell.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
