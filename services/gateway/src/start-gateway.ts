import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import * as z from 'zod';
import { RpcClient } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import { Health, NestLogger, Registry, createMetrics } from '@studio/platform';
import type { Logger } from '@studio/platform';
import type { Leases, Presence } from '@studio/presence';
import { ExportPlaces } from './export/export-places.ts';
import type { GatewayConfig } from './gateway-config.ts';
import { GatewayModule } from './gateway.module.ts';
import { finishAnswers } from './http/finish-answers.ts';
import { setUpHttp } from './http/set-up-http.ts';
import { RequestOrigin } from './http/request-origin.ts';
import { StudioFacts } from './http/studio.controller.ts';
import { Sessions } from './identity/session.ts';
import { Tickets } from './identity/tickets.ts';
import { LiveInfoSource } from './room/live-info.ts';
import { LiveSession } from './room/live-session.ts';
import { RoomHubs } from './room/room-hubs.ts';
import { ConnectionRegistry } from './socket/connection-registry.ts';
import type { ConnectionServices } from './socket/connection-services.ts';
import { GatewayStats, exposeStats } from './socket/gateway-stats.ts';
import { KssAdapter } from './socket/kss-adapter.ts';
import { CONNECTION_SERVICES } from './socket/kss.gateway.ts';
import { PresenceBeat } from './socket/presence-beat.ts';
import { RoomRequests } from './socket/room-requests.ts';
import { TIMING } from './socket/timing.ts';
import type { Timing } from './socket/timing.ts';

export interface GatewayOptions {
  config: GatewayConfig;
  logger: Logger;
  bus: MessageBus;
  presence: Presence;
  leases: Leases;
  /** The gateway adds its checks to it. */
  health?: Health;
  metrics?: Registry;
  /** Times of the connections; for tests. */
  timing?: Partial<Timing>;
}

export interface Gateway {
  /** The port that it listens on. */
  readonly port: number;
  /** Asks the clients to move, waits until they have, and stops. The bus and the stores stay with whoever made them. */
  close(): Promise<void>;
}

/** On shutdown answers of the HTTP API may take this long, in milliseconds: the process has to end within `LIMITS.drainMs`. */
const ANSWERS_MS = 20_000;

type AppOptions = Pick<
  NestApplicationOptions,
  'logger' | 'bodyParser' | 'abortOnError' | 'forceCloseConnections'
>;
/** Nest declares its options as a class that it does not export; this says which of them we give. */
const createApp: (
  module: DynamicModule,
  adapter: ExpressAdapter,
  options: AppOptions,
) => Promise<INestApplication> = NestFactory.create.bind(NestFactory);

/** @throws ConfigError, the listen error (for example EADDRINUSE) */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, logger, bus, presence, leases } = options;
  const { health = new Health(), metrics = createMetrics('gateway') } = options;
  const rpc = new RpcClient(bus);
  const live = new LiveSession(bus);
  const liveInfo = new LiveInfoSource(rpc);
  const tickets = new Tickets(config.SESSION_SECRET, leases);
  const origin = new RequestOrigin(config.ALLOWED_ORIGINS, config.TRUST_PROXY);
  const registry = new ConnectionRegistry();
  const services: ConnectionServices = {
    bus,
    rpc,
    tickets,
    hubs: new RoomHubs(bus, rpc, logger),
    live,
    liveInfo,
    requests: new RoomRequests(rpc, live),
    registry,
    stats: new GatewayStats(),
    timing: { ...TIMING, ...options.timing },
    logger,
  };
  exposeStats(services.stats, metrics);

  const module = GatewayModule.of([
    { provide: CONNECTION_SERVICES, useValue: services },
    { provide: RpcClient, useValue: rpc },
    { provide: LiveInfoSource, useValue: liveInfo },
    { provide: Tickets, useValue: tickets },
    { provide: Sessions, useValue: new Sessions(config.SESSION_SECRET) },
    { provide: RequestOrigin, useValue: origin },
    { provide: StudioFacts, useValue: new StudioFacts(await version(), config.GUESTS) },
    { provide: ExportPlaces, useValue: new ExportPlaces(services.timing.exportStalledMs) },
    { provide: Health, useValue: health },
    { provide: Registry, useValue: metrics },
  ]);
  const adapter = new ExpressAdapter();
  const app = await createApp(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  let closing = false;
  await setUpHttp(app, adapter, config, origin, logger);
  const doorkeeper = (request: Parameters<RequestOrigin['allows']>[0]) => {
    if (closing) return 503;
    return origin.allows(request) ? undefined : 403;
  };
  app.useWebSocketAdapter(new KssAdapter(app, doorkeeper, logger));
  const server = await listen(app, config.PORT);
  health.add('gateway', () => !closing);
  health.add('bus', () => bus.connected());
  health.add('presence', () => presence.connected());
  const beat = new PresenceBeat(presence, registry, logger);
  const { port } = server.address() as AddressInfo;
  logger.info({ port }, 'gateway is listening');

  return {
    port,
    close: async () => {
      closing = true;
      const answered = finishAnswers(server, ANSWERS_MS);
      await registry.drain(config.DRAIN_MOVE_MS);
      await beat.close();
      await answered;
      await app.close();
    },
  };
}

/** Not by Nest, which would log the error that our caller gets. */
async function listen(app: INestApplication, port: number): Promise<Server> {
  await app.init();
  const server = app.getHttpServer() as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
