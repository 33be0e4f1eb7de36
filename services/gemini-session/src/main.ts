import { connectNatsBus } from '@studio/bus';
import {
  Health,
  createLogger,
  createMetrics,
  readConfig,
  runService,
  setting,
  startHealthServer,
} from '@studio/platform';
import { connectRedisLeases, connectRedisPresence } from '@studio/presence';
import * as z from 'zod';
import { GeminiSessionConfig, liveBackend } from './gemini-session-config.ts';
import { startGeminiSessionService } from './start-gemini-session-service.ts';

const NAME = 'gemini-session';

/** Settings of the service as a process of its own. */
const ProcessConfig = z.object({
  ...GeminiSessionConfig.shape,
  NATS_URL: setting.url('nats', 'tls'),
  REDIS_URL: setting.url('redis', 'rediss'),
  HEALTH_PORT: setting.port().optional(),
  LOG_LEVEL: setting.logLevel(),
});

runService(NAME, async () => {
  const config = readConfig(ProcessConfig, process.env);
  // A setting that is missing is told before anything is waited for.
  liveBackend(config);
  const logger = createLogger(NAME, { level: config.LOG_LEVEL });
  const health = new Health();
  const metrics = createMetrics(NAME);
  const status =
    config.HEALTH_PORT === undefined ? [] : [await startHealthServer(config.HEALTH_PORT, health, metrics)];
  const redis = { url: config.REDIS_URL, name: NAME };
  const [bus, presence, leases] = await Promise.all([
    connectNatsBus({
      servers: config.NATS_URL,
      name: NAME,
      onError: (error, subject) => logger.error({ err: error, subject }, 'a message could not be handled'),
      onConnection: (connected) => logger.info({ connected }, 'the connection to NATS has changed'),
    }),
    connectRedisPresence({
      ...redis,
      onConnection: (connected) => logger.info({ connected }, 'the connection to Redis has changed'),
    }),
    connectRedisLeases(redis),
  ]);
  const service = await startGeminiSessionService({
    ...{ config, logger, bus, presence, leases, health, metrics },
  });
  const parts = [service, leases, presence, bus, ...status];
  return {
    close: async () => {
      for (const part of parts) await part.close();
    },
  };
});
