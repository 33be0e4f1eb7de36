import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { SdkProbe } from '../testing/sdk-probe.ts';

const LIVE = 'gemini-3.8-live';

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

function connect(handle?: string, model = LIVE): Promise<SdkProbe> {
  return SdkProbe.connect(
    { apiKey: 'k', httpOptions: { baseUrl: emulator.url, apiVersion: 'v1beta' } },
    model,
    { outputAudioTranscription: {}, sessionResumption: handle === undefined ? {} : { handle } },
  );
}

describe('resumption', () => {
  it('gives a handle after each turn, none during an answer, and brings the conversation back', async () => {
    await start();
    const first = await connect();
    first.ask('Ana: The budget is forty thousand euros.');
    await first.turns(1);
    await first.until(() => first.handle !== undefined);
    expect(first.shape[1]).toBe('notResumable');
    expect(first.shape.slice(-2)).toEqual(['turnComplete+usage', 'resumable']);
    first.session.close();
    const second = await connect(first.handle);
    second.ask('Ben: What did Ana say?');
    await second.turns(1);
    expect(second.spokenText).toBe('Ana wrote: The budget is forty thousand euros.');
    expect(emulator.sessions()).toMatchObject([{ turns: 2, setups: [{}, { sessionResumption: {} }] }]);
    expect(JSON.stringify(emulator.sessions())).not.toContain(first.handle);
    second.session.close();
  });

  it('gives a handle when history was added without a turn', async () => {
    await start();
    const probe = await connect();
    probe.session.sendClientContent({ turns: [{ parts: [{ text: 'Ana: noted' }] }], turnComplete: false });
    await probe.until(() => probe.handle !== undefined);
    expect(probe.shape).toEqual(['setupComplete', 'resumable']);
    probe.session.close();
  });

  it('refuses a handle that is unknown, or of another model', async () => {
    await start();
    const first = await connect();
    first.ask('Ana: hello');
    await first.until(() => first.handle !== undefined);
    await expect(connect(first.handle, 'gemini-3.1-flash-live-preview')).rejects.toThrow(/1007/);
    await expect(connect('never-issued')).rejects.toThrow(/1008.*session not found/);
    first.session.close();
  });

  it('gives no handles unless asked', async () => {
    await start();
    const probe = await SdkProbe.connect(
      { apiKey: 'k', httpOptions: { baseUrl: emulator.url, apiVersion: 'v1beta' } },
      LIVE,
      {},
    );
    probe.ask('Ana: hello');
    await probe.turns(1);
    expect(probe.shape.join()).not.toMatch(/resumable/i);
    probe.session.close();
  });
});

describe('the age of a connection', () => {
  it('is announced with goAway and ends with 1011', async () => {
    await start({ connectionAgeMs: 20_000, goAwayNoticeMs: 10_000, speed: 40 });
    const probe = await connect();
    await probe.until(() => probe.ending !== null);
    expect(probe.messages.at(-1)?.goAway).toEqual({ timeLeft: '10s' });
    expect(probe.ending).toEqual({ code: 1011, reason: 'Deadline expired before operation could complete.' });
  });
});
