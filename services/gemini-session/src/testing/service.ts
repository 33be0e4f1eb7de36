import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator, LiveEmulatorOptions } from '@studio/live-emulator';
import { createLogger, readConfig } from '@studio/platform';
import { vi } from 'vitest';
import { GeminiSessionConfig } from '../gemini-session-config.ts';
import { startGeminiSessionService } from '../start-gemini-session-service.ts';
import type { Meeting } from './meeting.ts';

/** Everything one test starts, to be closed in reverse order. */
export class Stage {
  /** What the services logged, line by line. */
  readonly logged: string[] = [];
  private parts: { close(): Promise<void> }[] = [];

  /** A quick emulator: it answers after 20 ms. */
  async emulator(options: LiveEmulatorOptions = {}): Promise<LiveEmulator> {
    return this.keep(await startLiveEmulator({ setupDelayMs: 5, latencyMs: 20, ...options }));
  }

  async serve(
    meeting: Meeting,
    url: string,
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ close(): Promise<void> }> {
    const config = readConfig(GeminiSessionConfig, { LIVE_EMULATOR_URL: url, ...env });
    const { bus, presence, leases } = meeting;
    const destination = { write: (line: string) => void this.logged.push(line) };
    const logger = createLogger('gemini-session', { level: 'trace', destination });
    return this.keep(await startGeminiSessionService({ config, logger, bus, presence, leases }));
  }

  /** Closes one part now. */
  async end(part: { close(): Promise<void> }): Promise<void> {
    this.parts = this.parts.filter((other) => other !== part);
    await part.close();
  }

  async close(): Promise<void> {
    for (const part of this.parts.splice(0).reverse()) await part.close();
  }

  private keep<T extends { close(): Promise<void> }>(part: T): T {
    this.parts.push(part);
    return part;
  }
}

/** Waits for a condition, however long it takes within a bound that only a failure reaches. */
export function until(condition: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(condition, { timeout: 12_000, interval: 10 });
}
