import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { RawClient } from '../testing/raw-client.ts';
import type { FaultInput } from './fault.ts';

const TARGET = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=k';
const DROPPED = { code: 1006, reason: '' };

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

function client(): RawClient {
  return new RawClient(emulator.url.replace('http', 'ws') + TARGET);
}

/** A client whose session is set up and answers in writing. */
async function live(): Promise<RawClient> {
  const raw = (await client().open()).send({
    setup: {
      model: 'models/gemini-live-2.5-flash-preview',
      generationConfig: { responseModalities: ['TEXT'] },
    },
  });
  await raw.nextFrame();
  return raw;
}

function ask(raw: RawClient): RawClient {
  return raw.send({
    clientContent: { turns: [{ role: 'user', parts: [{ text: 'Who are you?' }] }], turnComplete: true },
  });
}

function isComplete(raw: RawClient): boolean {
  return raw.frames.some(({ text }) => text.includes('turnComplete'));
}

describe('a fault that strikes now', () => {
  it('drops every open connection, and none that comes later', async () => {
    await start();
    const [ana, ben] = [await live(), await live()];
    const id = emulator.faults.inject({ fault: 'drop' });
    expect(await ana.closed).toEqual(DROPPED);
    expect(await ben.closed).toEqual(DROPPED);
    expect(emulator.faults.list()).toMatchObject([{ id, struck: 2, left: 0 }]);
    const later = ask(await live());
    await later.until(() => isComplete(later));
    later.close();
  });

  it('strikes one session alone where it names one', async () => {
    await start();
    const [ana, ben] = [await live(), await live()];
    const session = emulator.sessions()[1]?.sessionId ?? '';
    emulator.faults.inject({ fault: 'close', code: 1008, reason: 'because', session });
    expect(await ben.closed).toEqual({ code: 1008, reason: 'because' });
    ask(ana);
    await ana.until(() => isComplete(ana));
    ana.close();
  });

  it('announces the end with goAway and keeps to it', async () => {
    await start();
    const raw = await live();
    emulator.faults.inject({ fault: 'go-away', timeLeft: '2s' });
    expect(JSON.parse((await raw.nextFrame()).text)).toEqual({ goAway: { timeLeft: '2s' } });
    expect(await raw.closed).toEqual({
      code: 1011,
      reason: 'Deadline expired before operation could complete.',
    });
  });

  it('sends a frame that is no JSON', async () => {
    await start();
    const raw = await live();
    emulator.faults.inject({ fault: 'malformed' });
    const { text } = await raw.nextFrame();
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    raw.close();
  });
});

describe('a stall', () => {
  it('keeps the socket open and everything back, until it is cleared', async () => {
    await start();
    const raw = await live();
    const id = emulator.faults.inject({ fault: 'stall' });
    ask(raw);
    await expect.poll(() => emulator.sessions()[0]?.turns).toBe(1);
    await raw.answersPing();
    expect(raw.frames).toHaveLength(1);
    emulator.faults.clear(id);
    await raw.until(() => isComplete(raw));
    expect(emulator.faults.list()).toEqual([]);
    raw.close();
  });

  it('in the middle of an answer ends by itself after its time, with nothing lost', async () => {
    await start();
    const untouched = ask(await live());
    await untouched.until(() => isComplete(untouched));
    emulator.faults.inject({ fault: 'stall', on: 'turn', for: '3s' });
    const raw = ask(await live());
    await raw.until(() => isComplete(raw));
    expect(emulator.faults.list()).toMatchObject([{ struck: 1, left: 0 }]);
    expect(raw.frames.slice(0, -1)).toEqual(untouched.frames.slice(0, -1));
    untouched.close();
    raw.close();
  });

  it('does not keep the service from closing the connection', async () => {
    await start({ connectionAgeMs: 10_000, goAwayNoticeMs: 1000 });
    const raw = await live();
    emulator.faults.inject({ fault: 'stall' });
    expect((await raw.closed).code).toBe(1011);
    expect(raw.frames).toHaveLength(1);
  });

  it('of the whole connection reads nothing and answers no ping, until it is over', async () => {
    await start();
    const raw = await live();
    const id = emulator.faults.inject({ fault: 'freeze' });
    const pong = raw.answersPing();
    ask(raw);
    const other = ask(await live());
    await other.until(() => isComplete(other));
    expect(emulator.sessions()).toMatchObject([{ receivedFrames: 0 }, { receivedFrames: 1 }]);
    emulator.faults.clear(id);
    await pong;
    await raw.until(() => isComplete(raw));
    raw.close();
    other.close();
  });

  it('of the whole connection ends with the connection, without a word', async () => {
    await start({ connectionAgeMs: 10_000, goAwayNoticeMs: 1000 });
    const raw = await live();
    emulator.faults.inject({ fault: 'freeze' });
    expect(await raw.closed).toEqual(DROPPED);
  });
});

describe('a fault that waits', () => {
  it('strikes at each of its moments, as often as it should', async () => {
    await start({ faults: [{ fault: 'drop', on: 'turn', times: 2 }] });
    for (let i = 0; i < 2; i += 1) {
      const raw = ask(await live());
      expect(await raw.closed).toEqual(DROPPED);
      expect(raw.frames).toHaveLength(2);
      expect(isComplete(raw)).toBe(false);
    }
    const spared = ask(await live());
    await spared.until(() => isComplete(spared));
    spared.close();
  });

  it('strikes so long after its moment', async () => {
    await start();
    emulator.faults.inject({ fault: 'close', on: 'setup', after: '5s', reason: 'too late' });
    const raw = ask(await live());
    expect(await raw.closed).toEqual({ code: 1011, reason: 'too late' });
    expect(isComplete(raw)).toBe(true);
  });

  it('does not strike any more once it is cleared', async () => {
    await start();
    emulator.faults.inject({ fault: 'drop', on: 'turn', times: 'always' });
    emulator.faults.clear();
    const raw = ask(await live());
    await raw.until(() => isComplete(raw));
    raw.close();
  });
});

describe('a refusal at the door', () => {
  it.each([401, 403, 404, 429, 503] as const)('answers %i to so many upgrades', async (status) => {
    await start({ faults: [{ fault: 'refuse', status, times: 2 }] });
    await expect(client().open()).rejects.toThrow(String(status));
    await expect(client().open()).rejects.toThrow(String(status));
    (await client().open()).close();
  });

  it('may open and close at once, until it is lifted', async () => {
    await start();
    const id = emulator.faults.inject({ fault: 'refuse', code: 1011, reason: 'no room', times: 'always' });
    for (let i = 0; i < 3; i += 1) {
      expect(await (await client().open()).closed).toEqual({ code: 1011, reason: 'no room' });
    }
    emulator.faults.clear(id);
    (await live()).close();
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
