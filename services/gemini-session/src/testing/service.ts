import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator, LiveEmulatorOptions } from '@studio/live-emulator';
import { createLogger, readConfig } from '@studio/platform';
import type { Clock } from '../clock.ts';
import { GeminiSessionConfig } from '../gemini-session-config.ts';
import { startGeminiSessionService } from '../start-gemini-session-service.ts';
import { Meeting } from './meeting.ts';

export { until } from './until.ts';

/** Everything one test starts, to be closed in reverse order. */
export class Stage {
  /** The time of emulators and services; undefined: the machine's. */
  private readonly clock: Clock | undefined;
  /** What the services logged, line by line. */
  readonly logged: string[] = [];
  private parts: { close(): Promise<void> }[] = [];

  constructor(clock?: Clock) {
    this.clock = clock;
  }

  /** A quick emulator: it answers after 20 ms. */
  async emulator(options: LiveEmulatorOptions = {}): Promise<LiveEmulator> {
    return this.keep(
      await startLiveEmulator({
        ...{ setupDelayMs: 5, latencyMs: 20, ...options },
        ...(this.clock && { clock: this.clock }),
      }),
    );
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
    return this.keep(
      await startGeminiSessionService({
        ...{ config, logger, bus, presence, leases },
        ...(this.clock && { clock: this.clock }),
      }),
    );
  }

  /** Ana's meeting with Gemini, which listens. */
  async begin(emulator: LiveEmulatorOptions = {}, env: NodeJS.ProcessEnv = {}) {
    const live = await this.emulator(emulator);
    const meeting = await Meeting.start();
    const ana = await meeting.enter('Ana');
    const service = await this.serve(meeting, live.url, env);
    await meeting.listening();
    return { live, meeting, ana, service };
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
