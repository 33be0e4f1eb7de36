import 'reflect-metadata';
import { createRpcService } from '@studio/bus';
import { NestLogger } from '@studio/platform';
import type { Health, Logger } from '@studio/platform';
import { OutageFilter } from './outage-filter.ts';
import type { Clock, RoomPorts } from './ports.ts';
import type { RoomConfig } from './room-config.ts';
import { RoomModule } from './room.module.ts';

export interface RoomServiceOptions extends RoomPorts {
  config: RoomConfig;
  logger: Logger;
  /** Gets the checks `bus` and `presence`. */
  health?: Health;
  /** Default: that of the system. */
  clock?: Clock;
}

/**
 * Serves the `room.*` methods of `RPC` on the bus and sweeps presence, until it is closed. Any number of them may run on the same engines,
 * in one process or many. The engines stay open: they belong to the caller.
 */
export async function startRoomService(options: RoomServiceOptions): Promise<{ close(): Promise<void> }> {
  const { config, logger, health, clock = Date.now, ...ports } = options;
  const service = await createRpcService(RoomModule.on(ports, config, logger, clock), {
    bus: ports.bus,
    queue: 'room',
    nestLogger: new NestLogger(logger),
    onError: (error, subject) => logger.error({ err: error, subject }, 'a request failed unexpectedly'),
  });
  service.useGlobalFilters(new OutageFilter(logger));
  await service.listen();
  health?.add('bus', () => ports.bus.connected());
  health?.add('presence', () => ports.presence.connected());
  return { close: () => service.close() };
}
