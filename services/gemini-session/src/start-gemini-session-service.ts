import 'reflect-metadata';
import { createRpcService } from '@studio/bus';
import { NestLogger, Registry } from '@studio/platform';
import type { Health, Logger } from '@studio/platform';
import { liveBackend } from './gemini-session-config.ts';
import type { GeminiSessionConfig } from './gemini-session-config.ts';
import { GeminiSessionModule } from './gemini-session.module.ts';
import { GeminiMetrics } from './metrics.ts';
import type { GeminiSessionPorts } from './ports.ts';
import { loadTools } from './tools/load-tools.ts';

export interface GeminiSessionOptions extends GeminiSessionPorts {
  config: GeminiSessionConfig;
  logger: Logger;
  /** Gets the checks `bus` and `presence`. */
  health?: Health;
  /** Gets what Gemini uses and calls. */
  metrics?: Registry;
}

/**
 * Serves `live.info` and holds the Live sessions of rooms with people, until it is closed. Any number of them may run on the same engines.
 * The engines stay open: they belong to the caller.
 * @throws ConfigError when the settings name no way to Gemini, or a file of tools that cannot be used
 */
export async function startGeminiSessionService(
  options: GeminiSessionOptions,
): Promise<{ close(): Promise<void> }> {
  const { config, logger, health, metrics = new Registry(), ...ports } = options;
  // Said before anything is started, and not from inside Nest.
  liveBackend(config);
  const tools = await loadTools(config.GEMINI_TOOLS, process.env);
  const module = GeminiSessionModule.on(ports, config, tools, new GeminiMetrics(metrics), logger);
  const service = await createRpcService(module, {
    bus: ports.bus,
    queue: 'gemini-session',
    nestLogger: new NestLogger(logger),
    onError: (error, subject) => logger.error({ err: error, subject }, 'a request failed unexpectedly'),
  });
  await service.listen();
  health?.add('bus', () => ports.bus.connected());
  health?.add('presence', () => ports.presence.connected());
  return { close: () => service.close() };
}
