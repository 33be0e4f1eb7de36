import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clocks/manual-clock.ts';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { WRITES, answered, liveSession, rawClient } from '../testing/raw-session.ts';
import { EmulatorAdmin } from './emulator-admin.ts';

let emulator: LiveEmulator;
let admin: EmulatorAdmin;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
  admin = new EmulatorAdmin(emulator.adminUrl, options.apiKey);
}

const request = (path: string, init: RequestInit = {}) => fetch(`${emulator.adminUrl}/admin/${path}`, init);

describe('what an emulator was sent', () => {
  it('is shown session by session', async () => {
    await start();
    const raw = await answered(await liveSession(emulator));
    const [session] = await admin.sessions();
    expect(session).toEqual(emulator.sessions()[0]);
    expect(await admin.session(session!.sessionId)).toEqual(session);
    await expect(admin.session('no such')).rejects.toMatchObject({
      status: 404,
      message: 'There is no session no such.',
    });
    raw.close();
  });

  it('is shown frame by frame, without payloads, handles and endless texts', async () => {
    await start();
    const raw = await liveSession(emulator, { ...WRITES, sessionResumption: { handle: '' } });
    raw.send({ realtime_input: { audio: { data: 'AAAAAAAA', mime_type: 'audio/pcm' } } });
    raw.send({ realtimeInput: { text: 'x'.repeat(5000) } });
    raw.send({ setup: { sessionResumption: { handle: 'very-secret-handle' } } });
    await raw.closed;
    const frames = await admin.frames(emulator.sessions()[0]!.sessionId);
    expect(frames.map(({ message }) => message)).toEqual([
      { setup: { ...WRITES, sessionResumption: { handle: '' } } },
      { realtime_input: { audio: { data: { bytes: 6 }, mime_type: 'audio/pcm' } } },
      { realtimeInput: { text: `${'x'.repeat(1000)}…` } },
      { setup: { sessionResumption: { handle: 'very-secret-…' } } },
    ]);
    expect(frames[2]!.bytes).toBe(5000 + '{"realtimeInput":{"text":""}}'.length);
    expect(frames[2]!.sessionId).toBe(emulator.sessions()[0]!.sessionId);
  });
});

describe('what an emulator heard', () => {
  it('is given as it arrived', async () => {
    await start({ keepAudioSeconds: 1 });
    const raw = await liveSession(emulator);
    const data = Buffer.from(Int16Array.of(1, -2, 300).buffer).toString('base64');
    raw.send({ realtimeInput: { audio: { data, mimeType: 'audio/pcm;rate=16000' } } });
    const { sessionId } = emulator.sessions()[0]!;
    await expect.poll(() => emulator.recordings(sessionId)[0]?.frames).toHaveLength(1);
    const [recording] = await admin.recordings(sessionId);
    expect(recording).toEqual(emulator.recordings(sessionId)[0]);
    expect([...recording!.frames[0]!.samples]).toEqual([1, -2, 300]);
    raw.close();
  });
});

describe('faults', () => {
  it('are injected, listed and cleared', async () => {
    await start();
    const id = await admin.inject({ fault: 'refuse', status: 429, times: 'always' });
    await expect(rawClient(emulator).open()).rejects.toThrow('429');
    expect(await admin.faults()).toMatchObject([{ id, struck: 1, left: null }]);
    await admin.clearFaults(id);
    (await liveSession(emulator)).close();
    await expect(admin.clearFaults(id)).rejects.toMatchObject({ status: 404 });
    await admin.inject({ fault: 'quota' });
    await admin.clearFaults();
    expect(await admin.faults()).toEqual([]);
  });

  it('that there are not are refused with the reason', async () => {
    await start();
    await expect(admin.inject({ fault: 'stall', for: '3 hours' })).rejects.toMatchObject({
      status: 400,
      message: 'for: Write a duration with its unit: 500ms, 1.5s, 10min or 2h',
    });
  });

  it('may be an outage, which ends by itself or leaves a way to end it', async () => {
    await start();
    await expect(admin.inject({ fault: 'outage' })).rejects.toMatchObject({ status: 409 });
    await admin.inject({ fault: 'outage', for: '2s' });
    await expect(admin.health()).rejects.toThrow('fetch failed');
    await expect.poll(() => admin.health()).toBeUndefined();
    await emulator.close();

    await start({ adminPort: 0 });
    expect(emulator.adminUrl).not.toBe(emulator.url);
    expect((await fetch(`${emulator.url}/admin/health`)).status).toBe(404);
    const id = await admin.inject({ fault: 'outage' });
    await expect(rawClient(emulator).open()).rejects.toThrow('ECONNREFUSED');
    await admin.clearFaults(id);
    await expect.poll(() => liveSession(emulator).then((raw) => raw.close())).toBeUndefined();
  });
});

describe('a scenario', () => {
  it('is loaded as an object or as the text of a file, and taken away', async () => {
    await start();
    const says = async () => {
      const raw = await answered(await liveSession(emulator));
      raw.close();
      return raw.frames.map(({ text }) => /"text": "([^"]*)"/.exec(text)?.[1] ?? '').join('');
    };
    await admin.load({ otherwise: { say: 'One.' } });
    expect(await says()).toBe('One.');
    await admin.load('# a file\notherwise: { say: Two. }\n');
    expect(await says()).toBe('Two.');
    await admin.unload();
    expect(await says()).toContain('offline emulator');
  });

  it('that is broken is refused with line and field', async () => {
    await start();
    await expect(admin.load('name: A\nsteps:\n  - when: { turn: none }\n    say: B.')).rejects.toMatchObject({
      status: 400,
      message: 'scenario:3: steps[0].when.turn: Invalid input: expected number, received string',
    });
  });
});

describe('the clock', () => {
  it('goes on when it is told to', async () => {
    await start({ clock: new ManualClock(1000) });
    expect(await admin.now()).toBe(1000);
    await admin.advance(500);
    expect(await admin.now()).toBe(1500);
  });

  it('that runs by itself cannot be told to', async () => {
    await start();
    await expect(admin.advance(500)).rejects.toMatchObject({
      status: 409,
      message: 'The clock runs by itself.',
    });
  });
});

describe('a reset', () => {
  it('ends every connection and forgets everything', async () => {
    await start({ scenario: { otherwise: 'is silent' } });
    const raw = await answered(await liveSession(emulator));
    await admin.inject({ fault: 'latency', by: '1s' });
    await admin.reset();
    expect((await raw.closed).code).toBe(1006);
    expect([await admin.sessions(), await admin.faults()]).toEqual([[], []]);
    const fresh = await answered(await liveSession(emulator));
    expect(fresh.frames.length).toBeGreaterThan(2);
    fresh.close();
  });
});

describe('the door of the admin API', () => {
  it('opens to holders of the key alone, but tells everybody that it is up', async () => {
    await start({ apiKey: 'right' });
    await admin.sessions();
    await admin.health();
    expect((await request('health')).status).toBe(200);
    for (const path of ['sessions', 'faults', 'clock', 'elsewhere']) {
      expect((await request(path)).status).toBe(401);
    }
  });

  it('stays shut to web pages', async () => {
    await start();
    const answer = await request('reset', { method: 'POST', headers: { origin: 'http://evil.example' } });
    expect(answer.status).toBe(403);
  });

  it.each<[string, RequestInit, number, RegExp]>([
    ['elsewhere', {}, 404, /Not found/],
    ['sessions', { method: 'POST' }, 405, /Only GET/],
    ['faults', { method: 'PUT' }, 405, /Only GET, POST, DELETE/],
    ['faults', { method: 'POST', body: '{' }, 400, /no JSON/],
    ['faults', { method: 'POST', body: `"${'x'.repeat(70_000)}"` }, 413, /longer than 65536 bytes/],
    ['faults/%E0%A4%A', { method: 'DELETE' }, 400, /badly encoded/],
    ['clock', { method: 'POST', body: '{"advanceMs": -1}' }, 400, /advanceMs: Too small/],
  ])('says what is wrong with %s %j', async (path, init, status, message) => {
    await start();
    const answer = await request(path, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error: { code: status, message: expect.stringMatching(message) as string },
    });
  });
});
