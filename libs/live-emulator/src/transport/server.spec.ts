import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import type { EmulatorEvent } from '../index.ts';
import { RawClient } from '../testing/raw-client.ts';

const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const VERTEX_PATH = '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent';
const SETUP = { setup: { model: 'models/gemini-3.8-live' } };

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, ...options });
}

function client(target: string, headers: Record<string, string> = {}): RawClient {
  return new RawClient(emulator.url.replace('http', 'ws') + target, headers);
}

describe('the door', () => {
  it('takes the key from the query and from each header that Google clients use', async () => {
    await start({ apiKey: 'right' });
    const ways: [string, Record<string, string>][] = [
      [`${PATH}?key=right`, {}],
      [`${PATH}?access_token=right`, {}],
      [PATH, { 'x-goog-api-key': 'right' }],
      [VERTEX_PATH, { authorization: 'Bearer right' }],
      [PATH, { authorization: 'Token right' }],
    ];
    for (const [target, headers] of ways) (await client(target, headers).open()).close();
  });

  it('answers 401 to a wrong key and to none', async () => {
    await start({ apiKey: 'right' });
    await expect(client(`${PATH}?key=wrong`).open()).rejects.toThrow('401');
    await expect(client(PATH).open()).rejects.toThrow('401');
  });

  it('wants some key even where any will do', async () => {
    await start();
    await expect(client(PATH).open()).rejects.toThrow('401');
    (await client(`${PATH}?key=whatever`).open()).close();
  });

  it('answers 404 elsewhere', async () => {
    await start();
    await expect(client('/ws/elsewhere?key=k').open()).rejects.toThrow('404');
    expect((await fetch(`${emulator.url}/elsewhere`)).status).toBe(404);
  });
});

describe('the way a service speaks', () => {
  it.each([401, 403] as const)('may be %i to a wrong key', async (authRefusal) => {
    await start({ apiKey: 'right', authRefusal });
    await expect(client(`${PATH}?key=wrong`).open()).rejects.toThrow(String(authRefusal));
  });

  it('may be to open to a wrong key, and close', async () => {
    await start({ apiKey: 'right', authRefusal: 'close' });
    const raw = await client(`${PATH}?key=wrong`).open();
    expect(await raw.closed).toEqual({
      code: 1008,
      reason: 'API key not valid. Please pass a valid API key.',
    });
  });

  it('may be in text frames', async () => {
    await start({ textFrames: true });
    const raw = (await client(`${PATH}?key=k`).open()).send(SETUP);
    expect(await raw.nextFrame()).toEqual({ text: '{\n  "setupComplete": {}\n}\n', binary: false });
    raw.close();
  });

  it.each([true, false])('compresses where it is allowed to: %s', async (compression) => {
    await start({ compression });
    const raw = await client(`${PATH}?key=k`).open();
    expect(raw.extensions).toBe(compression ? 'permessage-deflate' : '');
    await raw.send(SETUP).nextFrame();
    raw.close();
  });

  it('may be to ping', async () => {
    await start({ pingIntervalMs: 1000 });
    const raw = await client(`${PATH}?key=k`).open();
    await raw.isPinged();
    await raw.isPinged();
    raw.close();
  });
});

describe('frames', () => {
  const open = () => client(`${PATH}?key=k`).open();

  it('leave as binary, pretty-printed JSON with a newline', async () => {
    await start();
    const raw = (await open()).send(SETUP);
    expect(await raw.nextFrame()).toEqual({ text: '{\n  "setupComplete": {}\n}\n', binary: true });
    raw.close();
  });

  it('may be written in snake_case', async () => {
    await start();
    const raw = (await open()).send({
      setup: {
        model: 'models/gemini-live-2.5-flash-preview',
        generation_config: { response_modalities: ['TEXT'] },
        realtime_input_config: { automatic_activity_detection: { disabled: true } },
      },
    });
    await raw.nextFrame();
    raw.send({
      client_content: { turns: [{ role: 'user', parts: [{ text: 'hello' }] }], turn_complete: true },
    });
    expect((await raw.nextFrame()).text).toContain('"text": "Hello');
    raw.close();
  });

  it.each([
    ['no JSON', '{oops', 'Invalid JSON payload received. Unable to parse the frame as JSON.'],
    [
      'an unknown message',
      { hello: 1 },
      'Invalid JSON payload received. Unknown name "hello": Cannot find field.',
    ],
    ['no message at all', {}, 'Request contains an invalid argument.'],
    [
      'an unknown field',
      { setup: { model: 'models/gemini-3.8-live', generationConfig: { loud: true } } },
      `Invalid JSON payload received. Unknown name "loud" at 'setup.generation_config': Cannot find field.`,
    ],
    [
      'an unknown enum value',
      { setup: { model: 'models/gemini-3.8-live', generationConfig: { responseModalities: ['SMELL'] } } },
      `Invalid value at 'setup.generation_config.response_modalities[0]'`,
    ],
    [
      'content before setup',
      { clientContent: { turnComplete: true } },
      'setup must be the first message and only the first',
    ],
    [
      'bottomless JSON',
      '['.repeat(100) + ']'.repeat(100),
      'Invalid JSON payload received. It is nested too deeply.',
    ],
  ])('with %s end the connection with 1007', async (_, frame, reason) => {
    await start();
    const raw = (await open()).send(frame);
    expect(await raw.closed).toEqual({ code: 1007, reason });
  });

  it('that set up a second time end the connection', async () => {
    await start();
    const raw = (await open()).send(SETUP);
    await raw.nextFrame();
    expect(await raw.send(SETUP).closed).toEqual({
      code: 1007,
      reason: 'setup must be the first message and only the first',
    });
  });

  it.each([
    [
      { realtimeInput: { audio: { data: 'AAA=', mimeType: 'audio/mp3' } } },
      'Request contains an invalid argument.',
    ],
    [
      { realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/pcm' } } },
      'Request contains an invalid argument.',
    ],
    [
      { realtimeInput: { audio: { data: '!!!', mimeType: 'audio/pcm' } } },
      `Invalid value at 'realtime_input.audio.data'`,
    ],
    [
      { realtimeInput: { video: { data: 'AAAA', mimeType: 'image/jpeg' } } },
      'Unable to process input image.',
    ],
    [
      { realtimeInput: { activityStart: {} } },
      'Explicit activity control is not supported when automatic activity detection is enabled.',
    ],
  ])('with broken input %j end the connection', async (frame, reason) => {
    await start();
    const raw = (await open()).send(SETUP);
    await raw.nextFrame();
    expect(await raw.send(frame).closed).toEqual({ code: 1007, reason });
  });

  it('that are too large end the connection with 1009', async () => {
    await start();
    const raw = (await open()).send('x'.repeat(13 * 1024 * 1024));
    expect((await raw.closed).code).toBe(1009);
  });
});

describe('inspection', () => {
  it('shows the sessions over HTTP, to holders of the key only, without key or handle', async () => {
    const events: EmulatorEvent[] = [];
    await start({ apiKey: 'top-secret', onEvent: (event) => events.push(event) });
    const raw = (await client(`${PATH}?key=top-secret`).open()).send(SETUP);
    await raw.nextFrame();
    raw.send({ clientContent: { turns: [{ parts: [{ text: 'Ana: hello' }] }], turnComplete: false } });
    expect((await fetch(`${emulator.url}/admin/sessions`)).status).toBe(401);
    raw.close();
    await raw.closed;
    const response = await fetch(`${emulator.url}/admin/sessions`, {
      headers: { 'x-goog-api-key': 'top-secret' },
    });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      sessions: [{ model: 'gemini-3.8-live', setups: [{ model: 'models/gemini-3.8-live' }], turns: 0 }],
    });
    expect(text + JSON.stringify(events)).not.toContain('top-secret');
    expect(events.map(({ event }) => event)).toContain('setup');
  });
});
