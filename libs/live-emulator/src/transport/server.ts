import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import type { AuthTokens } from '../tokens/auth-tokens.ts';
import { isTokenName } from '../tokens/auth-tokens.ts';
import type { Admitted, ConnectionPorts } from './connection.ts';
import { Connection } from './connection.ts';
import { INVALID_KEY, credentialOf, isAccepted } from './credentials.ts';
import { endpointOf } from './endpoint.ts';
import { httpServer, targetOf } from './http.ts';
import type { HttpHandler } from './http.ts';
import { Listener } from './listener.ts';
import { closeAtOnce, refuseUpgrade } from './upgrade-refusal.ts';
import type { UpgradeRefusal } from './upgrade-refusal.ts';

/** Larger than the largest picture in base64, in bytes. */
const MAX_FRAME = 12 * 1024 * 1024;

/** How a wrong credential is refused: by the HTTP status of the upgrade, or by closing what was opened with 1008. */
export type AuthRefusal = 401 | 403 | 'close';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** The one key that is accepted; any where it is not given. */
  readonly apiKey: string | undefined;
  readonly tokens: AuthTokens;
  readonly authRefusal: AuthRefusal;
  /** Whether a client may have its frames compressed. */
  readonly compression: boolean;
}

/**
 * Serves Live connections, and plain HTTP by the handlers.
 * @throws the system's error when it cannot listen there.
 */
export async function serve(
  options: ServerOptions,
  handlers: readonly HttpHandler[],
  ports: ConnectionPorts,
): Promise<Listener> {
  const { faults, journal } = ports;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    perMessageDeflate: options.compression,
  });
  const onFailure = (error: unknown) => journal.failed(error);
  const server = httpServer(handlers, onFailure);
  server.on('upgrade', (request, socket, head) => {
    const admitted = faults.atDoor() ?? admit(request, options);
    if ('status' in admitted) {
      journal.refused(admitted.status, STATUS_CODES[admitted.status] ?? '');
      refuseUpgrade(socket, admitted.status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if ('code' in admitted) {
        journal.refused(admitted.code, admitted.reason);
        closeAtOnce(webSocket, admitted.code, admitted.reason);
      } else new Connection(webSocket, request.socket, admitted, ports);
    });
  });
  const cut = () => {
    for (const client of sockets.clients) client.terminate();
  };
  const listener = await Listener.open(server, options, cut, onFailure);
  faults.reach(listener);
  return listener;
}

/** Where a connection leads, or why it is refused: keys open the ordinary endpoints, tokens alone the constrained one. */
function admit(request: IncomingMessage, options: ServerOptions): Admitted | UpgradeRefusal {
  const { path, query } = targetOf(request);
  const endpoint = endpointOf(path);
  if (!endpoint) return { status: 404 };
  const credential = credentialOf(query, request.headers);
  const token = endpoint.constrained ? options.tokens.find(credential) : null;
  const hasKey = isAccepted(credential, options.apiKey) && !isTokenName(credential);
  if (endpoint.constrained ? token !== null : hasKey) return { endpoint, token };
  return options.authRefusal === 'close'
    ? { code: 1008, reason: INVALID_KEY }
    : { status: options.authRefusal };
}
