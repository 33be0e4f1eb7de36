import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplication } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { ServerOptions, VerifyClientCallbackAsync, WebSocket, WebSocketServer } from 'ws';
import { LIMITS, PROTOCOL } from '@studio/contracts';
import type { Logger } from '@studio/platform';

/**
 * Above the largest frame that is allowed, so that one that is a little too large gets our close code. Beyond, the WebSocket library
 * itself closes with 1009 before it has read the frame.
 */
const MAX_PAYLOAD_BYTES = LIMITS.binaryFrameBytes + 64 * 1024;

/** Whether a client may connect at all: an HTTP status that refuses it, or undefined. */
export type Doorkeeper = (request: IncomingMessage) => number | undefined;

/** Nest's WebSockets with our protocol, limits and door; the messages go to the connection itself and not through Nest. */
export class KssAdapter extends WsAdapter {
  constructor(
    private readonly app: INestApplication,
    private readonly doorkeeper: Doorkeeper,
    private readonly log: Logger,
  ) {
    super(app);
  }

  override create(port: number, options: { path?: string }): unknown {
    const serverOptions: ServerOptions = {
      maxPayload: MAX_PAYLOAD_BYTES,
      perMessageDeflate: false,
      handleProtocols: (protocols) => protocols.has(PROTOCOL) && PROTOCOL,
      verifyClient: this.verifyClient,
    };
    (this.app.getHttpServer() as Server).prependListener('upgrade', refuseUnreadable);
    return super.create(port, { ...options, ...serverOptions });
  }

  /** Nest would parse each frame, and run handlers of one client concurrently. */
  override bindMessageHandlers(): void {
    // `Connection` listens itself.
  }

  /** What goes wrong on a socket is the client's or the network's doing, and no error of ours; a close follows. */
  override bindErrorHandler(server: WebSocketServer): WebSocketServer {
    server.on('connection', (webSocket: WebSocket) => {
      webSocket.on('error', ({ message }) => {
        this.log.debug({ reason: message }, 'a WebSocket failed');
      });
    });
    return server;
  }

  private readonly verifyClient: VerifyClientCallbackAsync = ({ req }, callback) => {
    const offered = req.headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim());
    const status = offered?.includes(PROTOCOL) === true ? this.doorkeeper(req) : 400;
    callback(status === undefined, status);
  };
}

/**
 * Nest answers an upgrade whose address it cannot read, on a socket that has no listener of errors and no deadline: a client that resets it
 * would end the process.
 */
function refuseUnreadable({ url = '', headers }: IncomingMessage, socket: Duplex): void {
  if (!URL.canParse(url, `ws://${headers.host ?? ''}/`)) socket.destroy();
}
