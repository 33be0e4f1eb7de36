import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import type { RawClient } from '../testing/raw-client.ts';
import { WRITES, handleOf, liveSession, rawClient } from '../testing/raw-session.ts';

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

async function refused(): Promise<void> {
  const raw = (await rawClient(emulator).open()).send({ setup: WRITES });
  expect(await raw.closed).toMatchObject({ code: 1011, reason: expect.stringContaining('quota') as string });
}

describe('a quota', () => {
  it('of sessions refuses one more, until one has ended', async () => {
    await start({ maxSessions: 2 });
    const first = await liveSession(emulator);
    await liveSession(emulator);
    await refused();
    first.close();
    await expect
      .poll(() => emulator.sessions().filter(({ openConnections }) => openConnections > 0).length)
      .toBe(1);
    await liveSession(emulator);
  });

  it('of setups refuses one more in the same minute, and not in the next', async () => {
    await start({ maxSetupsPerMinute: 2, speed: 200 });
    (await liveSession(emulator)).close();
    (await liveSession(emulator)).close();
    await refused();
    await expect.poll(() => liveSession(emulator).then((raw) => raw.close())).toBeUndefined();
  });
});

describe('one session', () => {
  const setup = { ...WRITES, sessionResumption: {} };

  async function withHandle(): Promise<{ readonly first: RawClient; readonly resuming: object }> {
    const first = await liveSession(emulator, setup);
    first.send({ clientContent: { turns: [{ parts: [{ text: 'Ana: noted' }] }] } });
    await first.until(() => handleOf(first) !== undefined);
    return { first, resuming: { ...WRITES, sessionResumption: { handle: handleOf(first) } } };
  }

  it('has one connection: the next is refused with 1011 while it is open, and taken behind its end', async () => {
    await start({});
    const { first, resuming } = await withHandle();
    const early = (await rawClient(emulator).open()).send({ setup: resuming });
    expect(await early.closed).toEqual({
      code: 1011,
      reason: 'The session is still open on another connection.',
    });
    first.close();
    await expect.poll(() => emulator.sessions()[0]?.openConnections).toBe(0);
    await liveSession(emulator, resuming);
    expect(emulator.sessions()[0]?.connections.map(({ resumed }) => resumed)).toEqual([false, true]);
  });

  it('goes on elsewhere when its connection is frozen', async () => {
    await start({});
    const { resuming } = await withHandle();
    emulator.faults.inject({ fault: 'freeze' });
    (await liveSession(emulator, resuming)).close();
  });
});
