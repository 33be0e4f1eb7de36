import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import { openFileEventLog } from '@studio/event-log';
import { startGateway } from '@studio/gateway';
import { startGeminiSessionService } from '@studio/gemini-session';
import type { GeminiSessionConfig } from '@studio/gemini-session';
import { startLiveEmulator } from '@studio/live-emulator';
import { openDiskObjectStore } from '@studio/object-store';
import { createMetrics, openDataDirectory } from '@studio/platform';
import type { Logger } from '@studio/platform';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { startRoomService } from '@studio/room';
import { keptSessionSecret } from './session-secret.ts';
import type { StudioConfig } from './studio-config.ts';

export interface Studio {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * The whole studio in this process, on embedded engines with their data under `DATA_DIR`. Whatever was started is closed again, the newest
 * first, also when a later part cannot start.
 * @throws ConfigError, or the system's error of a busy port or a directory that cannot be written
 */
export async function startStudio(config: StudioConfig, logger: Logger): Promise<Studio> {
  const parts: Closable[] = [];
  const keep = <T extends Closable>(part: T): T => {
    parts.push(part);
    return part;
  };
  const close = async () => {
    for (const part of parts.reverse()) await part.close();
  };
  try {
    const port = await assemble(config, logger, keep);
    return { url: `http://localhost:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  config: StudioConfig,
  logger: Logger,
  keep: <T extends Closable>(part: T) => T,
): Promise<number> {
  const directory = await openDataDirectory('DATA_DIR', config.DATA_DIR);
  const eventLog = keep(await openFileEventLog(join(directory, 'events')));
  const objectStore = keep(await openDiskObjectStore(join(directory, 'objects')));
  const bus = keep(new InProcessBus());
  const presence = keep(new InProcessPresence());
  const leases = keep(new InProcessLeases());
  const part = (service: string) => logger.child({ service });
  const metrics = createMetrics('studio');

  keep(
    await startRoomService({ config, logger: part('room'), bus, presence, leases, eventLog, objectStore }),
  );
  const live = await withLiveEngine(config, keep);
  keep(
    await startGeminiSessionService({
      ...{ config: live, logger: part('gemini-session'), bus, presence, leases, metrics },
    }),
  );
  const SESSION_SECRET = config.SESSION_SECRET ?? (await keptSessionSecret(directory));
  const gateway = await startGateway({
    config: { ...config, SESSION_SECRET },
    logger: part('gateway'),
    bus,
    presence,
    leases,
    metrics,
  });
  return keep(gateway).port;
}

/** Google's service when it is configured, otherwise an emulator in this process. */
async function withLiveEngine(
  config: GeminiSessionConfig,
  keep: <T extends Closable>(part: T) => T,
): Promise<GeminiSessionConfig> {
  const configured =
    config.GOOGLE_GENAI_USE_VERTEXAI ||
    [config.GEMINI_API_KEY, config.GOOGLE_API_KEY, config.LIVE_EMULATOR_URL].some(
      (value) => value !== undefined,
    );
  return configured ? config : { ...config, LIVE_EMULATOR_URL: keep(await startLiveEmulator()).url };
}
