import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { WRITES, answered, ask, handleOf, liveSession, rawClient, turnsOf } from '../testing/raw-session.ts';
import type { FaultInput } from './fault.ts';

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

/** A handle of a session whose connection is gone. */
async function usedHandle(): Promise<string> {
  const first = await answered(await liveSession(emulator, { ...WRITES, sessionResumption: {} }));
  await first.until(() => handleOf(first) !== undefined);
  first.close();
  return handleOf(first) ?? '';
}

describe('a setup', () => {
  it.each<[FaultInput, number, RegExp]>([
    [{ fault: 'unknown-model' }, 1008, /^models\/gemini-live-2.5-flash-preview is not found for API version/],
    [{ fault: 'quota' }, 1011, /^RESOURCE_EXHAUSTED: You exceeded your current quota/],
  ])('is refused once by %j, and leaves no session behind', async (fault, code, reason) => {
    await start({ faults: [fault] });
    const refused = (await rawClient(emulator).open()).send({ setup: WRITES });
    expect(await refused.closed).toEqual({ code, reason: expect.stringMatching(reason) as string });
    expect(refused.frames).toEqual([]);
    expect(emulator.sessions()).toEqual([]);
    (await liveSession(emulator)).close();
  });

  it('may never be complete', async () => {
    await start({ faults: [{ fault: 'setup-hangs' }] });
    const hanging = (await rawClient(emulator).open()).send({ setup: WRITES });
    (await answered(await liveSession(emulator))).close();
    await hanging.answersPing();
    expect(hanging.frames).toEqual([]);
    hanging.close();
  });

  it('may be slow', async () => {
    await start({ faults: [{ fault: 'slow-setup', by: '10s' }] });
    const slow = (await rawClient(emulator).open()).send({ setup: WRITES });
    (await answered(await liveSession(emulator))).close();
    expect(slow.frames).toEqual([]);
    expect((await slow.nextFrame()).text).toContain('setupComplete');
    slow.close();
  });
});

describe('a handle', () => {
  it('that is poisoned resumes and then kills the connection, so many times', async () => {
    await start({ faults: [{ fault: 'poisoned-handle', times: 2 }] });
    const setup = { ...WRITES, sessionResumption: { handle: await usedHandle() } };
    for (let i = 0; i < 2; i += 1) {
      const poisoned = await liveSession(emulator, setup);
      expect(await poisoned.closed).toEqual({ code: 1011, reason: 'Internal error encountered.' });
    }
    (await answered(await liveSession(emulator, setup))).close();
  });

  it('may be refused, while a session without one is not', async () => {
    await start({ faults: [{ fault: 'handle-refused', times: 'always' }] });
    const setup = { ...WRITES, sessionResumption: { handle: await usedHandle() } };
    const refused = (await rawClient(emulator).open()).send({ setup });
    expect(await refused.closed).toEqual({ code: 1008, reason: 'BidiGenerateContent session not found' });
    (await liveSession(emulator)).close();
  });
});

describe('a turn', () => {
  it('may be empty', async () => {
    await start({ faults: [{ fault: 'empty-turn' }] });
    const raw = await answered(await liveSession(emulator));
    expect(raw.frames).toHaveLength(2);
    await answered(raw);
    expect(raw.frames.length).toBeGreaterThan(4);
    raw.close();
  });

  it('may be complete before everything was said, and the next one is whole again', async () => {
    await start({ faults: [{ fault: 'early-turn-complete' }] });
    const raw = await answered(await liveSession(emulator));
    expect(raw.frames).toHaveLength(3);
    expect(raw.frames.map(({ text }) => text).join('')).not.toContain('generationComplete');
    await answered(raw);
    expect(raw.frames.map(({ text }) => text).join('')).toContain('generationComplete');
    expect(emulator.sessions()).toMatchObject([{ turns: 2, interruptions: 0 }]);
    raw.close();
  });

  it('may run into the quota', async () => {
    await start({ faults: [{ fault: 'quota', on: 'turn' }] });
    const raw = ask(await liveSession(emulator));
    expect(await raw.closed).toMatchObject({ code: 1011 });
    expect(turnsOf(raw)).toBe(0);
  });
});

describe('latency', () => {
  it('makes every message late and keeps their order', async () => {
    await start();
    const usual = await answered(await liveSession(emulator));
    emulator.faults.inject({ fault: 'latency', by: '2s', jitter: '1s' });
    const startedAt = performance.now();
    const late = await answered(await liveSession(emulator));
    expect(performance.now() - startedAt).toBeGreaterThan((2 * 2000) / 20);
    expect(late.frames).toEqual(usual.frames);
    usual.close();
    late.close();
  });

  it('is over after its time', async () => {
    await start();
    const id = emulator.faults.inject({ fault: 'latency', by: '1min', for: '1s' });
    await expect.poll(() => emulator.faults.list()).toMatchObject([{ id, left: 0 }]);
    (await answered(await liveSession(emulator))).close();
  });
});

describe('an outage', () => {
  it('cuts every connection, refuses new ones, and ends on the same port', async () => {
    await start();
    const raw = await liveSession(emulator);
    const id = emulator.faults.inject({ fault: 'outage' });
    expect((await raw.closed).code).toBe(1006);
    await expect(rawClient(emulator).open()).rejects.toThrow('ECONNREFUSED');
    emulator.faults.clear(id);
    await expect.poll(() => liveSession(emulator).then((later) => later.close())).toBeUndefined();
  });

  it('may end by itself', async () => {
    await start({ faults: [{ fault: 'outage', for: '4s' }] });
    await expect(rawClient(emulator).open()).rejects.toThrow('ECONNREFUSED');
    await expect.poll(() => liveSession(emulator).then((later) => later.close())).toBeUndefined();
  });

  it('does not keep the emulator from being closed', async () => {
    await start();
    emulator.faults.inject({ fault: 'outage' });
    await emulator.close();
  });
});
