import { connectNatsBus } from '@studio/bus';
import { openJetStreamEventLog } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import { connectRedisLeases, connectRedisPresence } from '@studio/presence';
import { openObjectStore } from './open-object-store.ts';
import type { RoomPorts } from './ports.ts';
import type { ProcessConfig } from './process-config.ts';

/** The engines of the distributed mode; waits until the servers are there. */
export async function connectEngines(
  name: string,
  config: ProcessConfig,
  logger: Logger,
): Promise<RoomPorts> {
  const objectStore = await openObjectStore(config);
  const redis = { url: config.REDIS_URL, name };
  const [bus, eventLog, presence, leases] = await Promise.all([
    connectNatsBus({
      servers: config.NATS_URL,
      name,
      onError: (error, subject) => logger.error({ err: error, subject }, 'a message could not be handled'),
      onConnection: (connected) => logger.info({ connected }, 'the connection to NATS has changed'),
    }),
    openJetStreamEventLog({
      servers: config.NATS_URL,
      replicas: config.EVENT_LOG_REPLICAS,
      onError: (error) => logger.error({ err: error }, 'the event log is in trouble'),
    }),
    connectRedisPresence({
      ...redis,
      onConnection: (connected) => logger.info({ connected }, 'the connection to Redis has changed'),
    }),
    connectRedisLeases(redis),
  ]);
  return { bus, eventLog, presence, leases, objectStore };
}
