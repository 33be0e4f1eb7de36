import { connectNatsBus } from '@studio/bus';
import { createLogger, createMetrics, readConfig, runService, setting } from '@studio/platform';
import { connectRedisLeases, connectRedisPresence } from '@studio/presence';
import { GatewayConfig } from './gateway-config.ts';
import { startGateway } from './start-gateway.ts';

/** What the process needs besides the gateway itself. */
const ProcessConfig = GatewayConfig.extend({
  NATS_URL: setting.url('nats', 'tls'),
  REDIS_URL: setting.url('redis', 'rediss'),
  LOG_LEVEL: setting.logLevel(),
});

runService('gateway', async () => {
  const config = readConfig(ProcessConfig, process.env);
  const logger = createLogger('gateway', { level: config.LOG_LEVEL });
  const metrics = createMetrics('gateway');
  const tell = (engine: string) => (connected: boolean) => {
    logger.info({ engine, connected }, 'connection changed');
  };
  const redis = { url: config.REDIS_URL, name: 'gateway', onConnection: tell('redis') };
  const [bus, presence, leases] = await Promise.all([
    connectNatsBus({
      servers: config.NATS_URL,
      name: 'gateway',
      onError: (error, subject) => {
        logger.error({ err: error, subject }, 'message bus');
      },
      onConnection: tell('nats'),
    }),
    connectRedisPresence(redis),
    connectRedisLeases(redis),
  ]);
  const gateway = await startGateway({
    config,
    logger,
    bus,
    presence,
    leases,
    metrics,
  });
  return {
    close: async () => {
      await gateway.close();
      await Promise.all([bus.close(), presence.close(), leases.close()]);
    },
  };
});
