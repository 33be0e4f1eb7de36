import { GoogleGenAI, Modality } from '@google/genai';
import type { CreateAuthTokenConfig } from '@google/genai';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clocks/manual-clock.ts';
import type { LiveEmulator, LiveEmulatorOptions } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { handleOf } from '../testing/raw-session.ts';
import { RawClient } from '../testing/raw-client.ts';

const SERVICE = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const SETUP = { setup: { model: 'models/gemini-3.8-live', sessionResumption: {} } };
const MINUTE = 60_000;

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function start(options: LiveEmulatorOptions = {}): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, apiKey: 'right', ...options });
}

function sdk(apiVersion = 'v1beta', apiKey = 'right'): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: emulator.url, apiVersion } });
}

async function token(config: CreateAuthTokenConfig = {}, apiVersion = 'v1beta'): Promise<string> {
  return (await sdk(apiVersion).authTokens.create({ config })).name ?? '';
}

function client(credential: string, path = `${SERVICE}Constrained`): RawClient {
  return new RawClient(`${emulator.url.replace('http', 'ws')}${path}?access_token=${credential}`);
}

async function setUp(credential: string, frame: object = SETUP): Promise<RawClient> {
  const raw = (await client(credential).open()).send(frame);
  await raw.nextFrame();
  return raw;
}

describe('an ephemeral token', () => {
  it('is made by the SDK, and opens the constrained endpoint alone', async () => {
    await start();
    for (const version of ['v1alpha', 'v1beta']) {
      const name = await token({ uses: 2 }, version);
      expect(name).toMatch(/^auth_tokens\/[0-9a-f]{64}$/);
      (await setUp(name)).close();
      await expect(client(name, SERVICE).open()).rejects.toThrow('401');
    }
    await expect(client('right').open()).rejects.toThrow('401');
    await expect(client('auth_tokens/never-made').open()).rejects.toThrow('401');
  });

  it('is made for holders of the key only, and not at v1', async () => {
    await start();
    await expect(sdk('v1beta', 'wrong').authTokens.create({ config: {} })).rejects.toThrow('401');
    const made = await token();
    const target = `${emulator.url}/v1beta/auth_tokens?key=${made}`;
    expect((await fetch(target, { method: 'POST' })).status).toBe(401);
    await expect(sdk('v1').authTokens.create({ config: {} })).rejects.toThrow('404');
    expect((await fetch(`${emulator.url}/v1beta/auth_tokens?key=right`)).status).toBe(405);
  });

  it.each([
    ['too far in the future', { expireTime: '2999-01-01T00:00:00Z' }],
    ['in the past', { expireTime: '1999-01-01T00:00:00Z' }],
    ['no time', { expireTime: 'soon' }],
    ['a field that there is not', { usage: 1 }],
  ])('is refused with 400 where a request has %s', async (_, body) => {
    await start();
    const answer = await fetch(`${emulator.url}/v1beta/auth_tokens?key=right`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it('is good for one session, however often that one is resumed', async () => {
    await start();
    const name = await token();
    const first = await setUp(name);
    first.send({ clientContent: { turns: [{ parts: [{ text: 'Ana: noted' }] }] } });
    await first.until(() => handleOf(first) !== undefined);
    first.close();
    const setup = { model: SETUP.setup.model, sessionResumption: { handle: handleOf(first) } };
    await expect.poll(() => emulator.sessions()[0]?.openConnections).toBe(0);
    (await setUp(name, { setup })).close();
    expect(await (await client(name).open()).send(SETUP).closed).toEqual({
      code: 1008,
      reason: 'The auth token has no uses left.',
    });
  });

  it('is good for any number of sessions where it is asked for with 0 uses', async () => {
    await start();
    const name = await token({ uses: 0 });
    for (let i = 0; i < 3; i += 1) (await setUp(name)).close();
  });

  it('takes new sessions for a minute and messages for half an hour, and then ends', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock, setupDelayMs: 0, connectionAgeMs: 60 * MINUTE, sessionAgeMs: 60 * MINUTE });
    const name = await token({ uses: 2 });
    const raw = (await client(name).open()).send(SETUP);
    await expect.poll(() => emulator.sessions().length).toBe(1);
    await clock.advance(MINUTE);
    expect(await (await client(name).open()).send(SETUP).closed).toEqual({
      code: 1008,
      reason: 'The auth token takes no new sessions any more.',
    });
    await clock.advance(29 * MINUTE);
    expect(await raw.closed).toEqual({ code: 1008, reason: 'The auth token has expired.' });
    await expect(client(name).open()).rejects.toThrow('401');
  });

  it('lays down what its sessions are, whatever they ask for', async () => {
    await start();
    const name = await token({
      liveConnectConstraints: {
        model: 'gemini-live-2.5-flash-preview',
        config: { responseModalities: [Modality.TEXT], systemInstruction: 'Be brief.' },
      },
      lockAdditionalFields: ['temperature'],
    });
    const raw = await setUp(name, {
      setup: {
        model: 'models/gemini-3.8-live',
        generationConfig: { temperature: 0.1, topP: 0.5 },
        inputAudioTranscription: {},
      },
    });
    expect(emulator.sessions()[0]?.setups[0]).toMatchObject({
      model: 'models/gemini-live-2.5-flash-preview',
      generationConfig: { responseModalities: ['TEXT'], topP: 0.5 },
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      inputAudioTranscription: {},
    });
    expect(JSON.stringify(emulator.sessions())).not.toContain('temperature');
    raw.close();
  });
});
