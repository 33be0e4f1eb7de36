import { once } from 'node:events';
import { WebSocket } from 'ws';
import { InProcessBus } from '@studio/bus';
import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import { PROTOCOL, ServerMessage, WS_PATH } from '@studio/contracts';
import type { ClientMessage, Event, RoomId, User } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { GatewayConfig } from '../gateway-config.ts';
import { startGateway } from '../start-gateway.ts';
import type { Gateway, GatewayOptions } from '../start-gateway.ts';
import { ScriptedRoom } from './scripted-room.fixture.ts';
import { serveScriptedRoom } from './serve-scripted-room.fixture.ts';

export const SECRET = 'a secret for the specs of this gateway';

/** A person with a session of their own. */
export interface Person {
  readonly api: StudioApi;
  readonly user: User;
}

/** A gateway on in-process engines, with a scripted room service behind it. */
export class TestStudio {
  private readonly connections: RoomConnection[] = [];
  private readonly rawClients: RawClient[] = [];

  private constructor(
    readonly bus: InProcessBus,
    readonly presence: InProcessPresence,
    readonly room: ScriptedRoom,
    readonly gateway: Gateway,
    /** Everything that was logged, one JSON text a line. */
    readonly log: string[],
    private readonly closeRest: () => Promise<void>,
  ) {}

  static async start(
    settings: Record<string, string> = {},
    options: Pick<GatewayOptions, 'timing' | 'metrics'> = {},
  ): Promise<TestStudio> {
    const log: string[] = [];
    const logger = createLogger('gateway', {
      level: 'trace',
      destination: { write: (line) => void log.push(line) },
    });
    const bus = new InProcessBus();
    const presence = new InProcessPresence();
    const leases = new InProcessLeases();
    const service = await serveScriptedRoom(bus);
    const config = GatewayConfig.parse({
      PORT: '0',
      SESSION_SECRET: SECRET,
      DRAIN_MOVE_MS: '0',
      ...settings,
    });
    const gateway = await startGateway({ config, logger, bus, presence, leases, ...options });
    return new TestStudio(bus, presence, service.room, gateway, log, async () => {
      await service.close();
      await Promise.all([presence.close(), leases.close(), bus.close()]);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.gateway.port}`;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.close();
    for (const client of this.rawClients) client.socket.terminate();
    await this.gateway.close();
    await this.closeRest();
  }

  async signIn(name: string): Promise<Person> {
    const api = new StudioApi({ baseUrl: this.url, fetch: cookieFetch() });
    return { api, user: await api.signIn(name) };
  }

  async createRoom(): Promise<RoomId> {
    const owner = await this.signIn('Owner');
    return (await owner.api.createRoom({ name: 'Room' })).id;
  }

  /** A connection of the client library, welcomed; `events` is filled with what it delivers. */
  async enter(person: Person, roomId: RoomId, events: Event[] = []): Promise<RoomConnection> {
    const connection = new RoomConnection({ api: person.api, roomId, random: () => 0 });
    connection.on('event', (event) => events.push(event));
    this.connections.push(connection);
    const welcomed = new Promise((resolve, reject) => {
      connection.on('welcome', resolve);
      connection.on('closed', (closed) => {
        reject(new Error(JSON.stringify(closed)));
      });
    });
    connection.open();
    await welcomed;
    return connection;
  }

  /** A WebSocket that does only what the spec says. */
  async connect(headers: Record<string, string> = {}): Promise<RawClient> {
    const client = new RawClient(`${this.url.replace('http', 'ws')}${WS_PATH}`, headers);
    this.rawClients.push(client);
    await once(client.socket, 'open');
    return client;
  }

  /** The same, welcomed in a room. */
  async connectInto(person: Person, roomId: RoomId): Promise<RawClient> {
    const client = await this.connect();
    client.send({ type: 'hello', ticket: (await person.api.ticket(roomId)).ticket, since: null });
    await client.next('welcome');
    return client;
  }
}

/** What it is sent is kept until the spec asks for it. */
export class RawClient {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly frames: Buffer[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private wake: () => void = () => undefined;

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, PROTOCOL, { headers });
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(data);
      else this.messages.push(ServerMessage.parse(JSON.parse(data.toString())));
      this.wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Takes the first message of the type that was not taken before, when it is there. */
  async next<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>> {
    for (;;) {
      const index = this.messages.findIndex((message) => message.type === type);
      const [message] = index < 0 ? [] : this.messages.splice(index, 1);
      if (message) return message as Extract<ServerMessage, { type: T }>;
      await this.more();
    }
  }

  /** Takes the first media frame, when it is there. */
  async nextFrame(): Promise<Buffer> {
    for (;;) {
      const frame = this.frames.shift();
      if (frame) return frame;
      await this.more();
    }
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
