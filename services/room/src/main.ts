import {
  createLogger,
  createMetrics,
  Health,
  readConfig,
  runService,
  startHealthServer,
} from '@studio/platform';
import { connectEngines } from './connect-engines.ts';
import { ProcessConfig } from './process-config.ts';
import { startRoomService } from './start-room-service.ts';

const NAME = 'room';

runService(NAME, async () => {
  const config = readConfig(ProcessConfig, process.env);
  const logger = createLogger(NAME, { level: config.LOG_LEVEL });
  let serving = false;
  const health = new Health();
  health.add('serving', () => serving);
  // First, so that it can be asked while the servers are waited for.
  const status =
    config.HEALTH_PORT === undefined
      ? []
      : [await startHealthServer(config.HEALTH_PORT, health, createMetrics(NAME))];
  const ports = await connectEngines(NAME, config, logger);
  const service = await startRoomService({ ...ports, config, logger, health });
  serving = true;
  logger.info('serving');
  const { bus, eventLog, presence, leases, objectStore } = ports;
  const parts = [service, eventLog, presence, leases, objectStore, bus, ...status];
  return {
    close: async () => {
      serving = false;
      for (const part of parts) await part.close();
    },
  };
});
