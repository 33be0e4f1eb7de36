import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { answered, ask, liveSession, rawClient, turnsOf } from '../testing/raw-session.ts';
import type { FaultInput } from './fault.ts';

const DROPPED = { code: 1006, reason: '' };

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

describe('a fault that strikes now', () => {
  it('drops every open connection, and none that comes later', async () => {
    await start();
    const [ana, ben] = [await liveSession(emulator), await liveSession(emulator)];
    const id = emulator.faults.inject({ fault: 'drop' });
    expect(await ana.closed).toEqual(DROPPED);
    expect(await ben.closed).toEqual(DROPPED);
    expect(emulator.faults.list()).toMatchObject([{ id, struck: 2, left: 0 }]);
    const later = await answered(await liveSession(emulator));
    later.close();
  });

  it('strikes one session alone where it names one', async () => {
    await start();
    const [ana, ben] = [await liveSession(emulator), await liveSession(emulator)];
    const session = emulator.sessions()[1]?.sessionId ?? '';
    emulator.faults.inject({ fault: 'close', code: 1008, reason: 'because', session });
    expect(await ben.closed).toEqual({ code: 1008, reason: 'because' });
    await answered(ana);
    ana.close();
  });

  it('announces the end with goAway and keeps to it', async () => {
    await start();
    const raw = await liveSession(emulator);
    emulator.faults.inject({ fault: 'go-away', timeLeft: '2s' });
    expect(JSON.parse((await raw.nextFrame()).text)).toEqual({ goAway: { timeLeft: '2s' } });
    expect(await raw.closed).toEqual({
      code: 1011,
      reason: 'Deadline expired before operation could complete.',
    });
  });

  it('sends a frame that is no JSON', async () => {
    await start();
    const raw = await liveSession(emulator);
    emulator.faults.inject({ fault: 'malformed' });
    const { text } = await raw.nextFrame();
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    raw.close();
  });
});

describe('a stall', () => {
  it('keeps the socket open and everything back, until it is cleared', async () => {
    await start();
    const raw = await liveSession(emulator);
    const id = emulator.faults.inject({ fault: 'stall' });
    ask(raw);
    await expect.poll(() => emulator.sessions()[0]?.turns).toBe(1);
    await raw.answersPing();
    expect(raw.frames).toHaveLength(1);
    emulator.faults.clear(id);
    await raw.until(() => turnsOf(raw) === 1);
    expect(emulator.faults.list()).toEqual([]);
    raw.close();
  });

  it('in the middle of an answer ends by itself after its time, with nothing lost', async () => {
    await start();
    const untouched = await answered(await liveSession(emulator));
    emulator.faults.inject({ fault: 'stall', on: 'turn', for: '3s' });
    const raw = await answered(await liveSession(emulator));
    expect(emulator.faults.list()).toMatchObject([{ struck: 1, left: 0 }]);
    expect(raw.frames.slice(0, -1)).toEqual(untouched.frames.slice(0, -1));
    untouched.close();
    raw.close();
  });

  it('does not keep the service from closing the connection', async () => {
    await start({ connectionAgeMs: 10_000, goAwayNoticeMs: 1000 });
    const raw = await liveSession(emulator);
    emulator.faults.inject({ fault: 'stall' });
    expect((await raw.closed).code).toBe(1011);
    expect(raw.frames).toHaveLength(1);
  });

  it('of the whole connection reads nothing and answers no ping, until it is over', async () => {
    await start();
    const raw = await liveSession(emulator);
    const id = emulator.faults.inject({ fault: 'freeze' });
    const pong = raw.answersPing();
    ask(raw);
    const other = await answered(await liveSession(emulator));
    expect(emulator.sessions()).toMatchObject([{ receivedFrames: 0 }, { receivedFrames: 1 }]);
    emulator.faults.clear(id);
    await pong;
    await raw.until(() => turnsOf(raw) === 1);
    raw.close();
    other.close();
  });

  it('of the whole connection makes what the client sends pile up, until it is over', async () => {
    await start();
    const raw = await liveSession(emulator);
    const id = emulator.faults.inject({ fault: 'freeze' });
    await expect.poll(() => emulator.faults.list()).toMatchObject([{ struck: 1 }]);
    const text = 'x'.repeat(1_000_000);
    for (let sent = 0; sent < 16; sent += 1) raw.send({ realtimeInput: { text: `(${text} joined)` } });
    const other = await answered(await liveSession(emulator));
    expect(raw.bufferedBytes).toBeGreaterThan(1_000_000);
    emulator.faults.clear(id);
    await expect.poll(() => raw.bufferedBytes).toBe(0);
    await expect.poll(() => emulator.sessions()[0]?.receivedFrames).toBe(16);
    raw.close();
    other.close();
  });

  it('of the whole connection ends with the connection, without a word', async () => {
    await start({ connectionAgeMs: 10_000, goAwayNoticeMs: 1000 });
    const raw = await liveSession(emulator);
    emulator.faults.inject({ fault: 'freeze' });
    expect(await raw.closed).toEqual(DROPPED);
  });
});

describe('a fault that waits', () => {
  it('strikes at each of its moments, as often as it should', async () => {
    await start({ faults: [{ fault: 'drop', on: 'turn', times: 2 }] });
    for (let i = 0; i < 2; i += 1) {
      const raw = ask(await liveSession(emulator));
      expect(await raw.closed).toEqual(DROPPED);
      expect(raw.frames).toHaveLength(2);
      expect(turnsOf(raw)).toBe(0);
    }
    const spared = await answered(await liveSession(emulator));
    spared.close();
  });

  it('strikes so long after its moment', async () => {
    await start();
    emulator.faults.inject({ fault: 'close', on: 'setup', after: '5s', reason: 'too late' });
    const raw = ask(await liveSession(emulator));
    expect(await raw.closed).toEqual({ code: 1011, reason: 'too late' });
    expect(turnsOf(raw)).toBe(1);
  });

  it('does not strike any more once it is cleared', async () => {
    await start();
    emulator.faults.inject({ fault: 'drop', on: 'turn', times: 'always' });
    emulator.faults.clear();
    const raw = await answered(await liveSession(emulator));
    raw.close();
  });
});

describe('a refusal at the door', () => {
  it.each([401, 403, 404, 429, 503] as const)('answers %i to so many upgrades', async (status) => {
    await start({ faults: [{ fault: 'refuse', status, times: 2 }] });
    await expect(rawClient(emulator).open()).rejects.toThrow(String(status));
    await expect(rawClient(emulator).open()).rejects.toThrow(String(status));
    (await rawClient(emulator).open()).close();
  });

  it('may open and close at once, until it is lifted', async () => {
    await start();
    const id = emulator.faults.inject({ fault: 'refuse', code: 1011, reason: 'no room', times: 'always' });
    for (let i = 0; i < 3; i += 1) {
      expect(await (await rawClient(emulator).open()).closed).toEqual({ code: 1011, reason: 'no room' });
    }
    emulator.faults.clear(id);
    (await liveSession(emulator)).close();
  });
});

describe('a fault that there is not', () => {
  it.each<[unknown, RegExp]>([
    [{ fault: 'explode' }, /fault/],
    [{ fault: 'close', code: 1006 }, /close code that may be sent/],
    [{ fault: 'close', reason: 'é'.repeat(62) }, /123 bytes/],
    [{ fault: 'stall', for: '3' }, /duration with its unit/],
    [{ fault: 'refuse', status: 401, code: 1008 }, /status or a code/],
    [{ fault: 'drop', hard: true }, /hard/],
  ])('is refused: %j', async (fault, reason) => {
    await start();
    expect(() => emulator.faults.inject(fault as FaultInput)).toThrow(reason);
  });
});
