import type { IncomingMessage } from 'node:http';
import { Inject } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import type { OnGatewayConnection } from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import { WS_PATH } from '@studio/contracts';
import type { ConnectionServices } from './connection-services.ts';
import { Connection } from './connection.ts';

/** Injection token of {@link ConnectionServices}. */
export const CONNECTION_SERVICES = Symbol('ConnectionServices');

@WebSocketGateway({ path: WS_PATH })
export class KssGateway implements OnGatewayConnection<WebSocket> {
  constructor(@Inject(CONNECTION_SERVICES) private readonly services: ConnectionServices) {}

  handleConnection(webSocket: WebSocket, request: IncomingMessage): void {
    this.services.registry.add(new Connection(webSocket, request.socket, this.services));
  }
}
