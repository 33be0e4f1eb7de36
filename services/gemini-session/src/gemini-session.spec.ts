import { MediaFlag } from '@studio/contracts';
import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator, LiveEmulatorOptions } from '@studio/live-emulator';
import { createLogger, readConfig } from '@studio/platform';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GeminiSessionConfig } from './gemini-session-config.ts';
import { startGeminiSessionService } from './start-gemini-session-service.ts';
import { Meeting } from './testing/meeting.ts';
import { join, silence, speech } from './testing/synthetic-speech.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function emulator(options: LiveEmulatorOptions = {}): Promise<LiveEmulator> {
  const live = await startLiveEmulator({ setupDelayMs: 5, latencyMs: 20, ...options });
  cleanups.push(() => live.close());
  return live;
}

async function serve(meeting: Meeting, url: string, env: NodeJS.ProcessEnv = {}) {
  const config = readConfig(GeminiSessionConfig, { LIVE_EMULATOR_URL: url, ...env });
  const { bus, presence, leases } = meeting;
  const logger = createLogger('gemini-session', { level: process.env['LOG_LEVEL'] ?? 'silent' });
  const service = await startGeminiSessionService({ config, logger, bus, presence, leases });
  cleanups.push(() => service.close());
  return service;
}

/** Waits for a condition, however long it takes within the test's own deadline. */
const until = (condition: () => void) => vi.waitFor(condition, { timeout: 10_000, interval: 10 });
const utterance = (seconds = 1.2) => join(silence(0.3), speech(seconds), silence(1));

describe('a Live session', () => {
  it('answers what somebody says, by voice and text, and keeps both turns with their names', async () => {
    const live = await emulator();
    const meeting = await Meeting.start();
    const ana = await meeting.enter('Ana');
    await serve(meeting, live.url);
    await until(() => expect(meeting.status()?.state).toBe('listening'));

    meeting.say(ana, utterance());
    await until(() => expect(meeting.room.speeches().length).toBeGreaterThanOrEqual(1));
    console.log(JSON.stringify(live.sessions(), null, 1), meeting.states(), meeting.room.events, meeting.voice.slice(0, 3), meeting.voice.slice(-2), meeting.signals.slice(0,20));
    expect(meeting.voice[0]!.flags).toBe(MediaFlag.start);
  });
});
