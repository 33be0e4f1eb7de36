import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { MACHINE_CLOCK } from '../clock.ts';
import { DEFAULT_LIVE_SETTINGS } from '@studio/contracts';
import { connectConfig } from './connect-config.ts';
import { createGenAiClient } from './genai-client.ts';
import { LiveConnectError, LiveConnection } from './live-connection.ts';
import type { ConnectionEnd } from './live-connection.ts';
import type { ServerEvent } from './server-event.ts';

/** A service of which each test scripts what it does with a connection. */
async function service(script: (socket: WebSocket, send: (message: object) => void) => void) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) =>
    script(socket, (message) => socket.send(Buffer.from(JSON.stringify(message)))),
  );
  closing.push(async () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
    await once(server, 'close');
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, client: createGenAiClient({ kind: 'emulator', baseUrl, apiVersion: 'v1beta' }) };
}

const closing: (() => Promise<unknown>)[] = [];
const rejections: unknown[] = [];
const noteRejection = (reason: unknown) => rejections.push(reason);
process.on('unhandledRejection', noteRejection);
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  expect(rejections.splice(0)).toEqual([]);
});

function listener() {
  const events: ServerEvent[] = [];
  const ended = Promise.withResolvers<ConnectionEnd>();
  const onListenerError = vi.fn();
  return {
    events,
    ended: ended.promise,
    listener: {
      onEvent: (event: ServerEvent) => void events.push(event),
      onEnd: ended.resolve,
      onListenerError,
    },
  };
}

const options = (deadlineMs = 5_000, signal = new AbortController().signal) => ({
  model: 'gemini-3.8-live',
  config: connectConfig({
    settings: DEFAULT_LIVE_SETTINGS,
    studio: { service: 'developer', apiVersion: 'v1beta', model: 'gemini-3.8-live', voice: 'Puck' },
    instruction: 'Be brief.',
    functions: [],
  }),
  deadlineMs,
  signal,
  limits: { answerMs: 15_000, stallMs: 6_000 },
  clock: MACHINE_CLOCK,
});

async function noSocketIsLeft(server: WebSocketServer) {
  await vi.waitFor(() => expect(server.clients.size).toBe(0), { timeout: 5_000 });
}

describe('a Live connection', () => {
  it('ends when the service takes nothing any more, instead of keeping all that it is sent', async () => {
    const { client } = await service((socket, send) => {
      socket.once('message', () => {
        send({ setupComplete: {} });
        socket.pause();
      });
    });
    const { ended, listener: on } = listener();
    const connection = await LiveConnection.open(client, options(), on);
    const picture = new Uint8Array(256 * 1024);
    // What the operating system takes for a service that reads nothing comes on top.
    for (let i = 0; i < 100; i++) connection.sendPicture(picture);
    expect((await ended).code).toBe(1006);
  });

  it('sends a setup that every Live model takes, and gives out what is said in order', async () => {
    const setups: unknown[] = [];
    const { client } = await service((socket, send) => {
      socket.once('message', (data: Buffer) => {
        setups.push(JSON.parse(data.toString()));
        send({ setupComplete: {} });
        for (let i = 0; i < 50; i++) send({ serverContent: { outputTranscription: { text: `${i}` } } });
        send({ serverContent: { turnComplete: true } });
      });
    });
    const { events, listener: on } = listener();
    const connection = await LiveConnection.open(client, options(), on);
    closing.push(() => connection.close());
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'turnComplete' }));
    expect(events.flatMap((event) => (event.type === 'outputText' ? Number(event.text) : []))).toEqual([
      ...Array(50).keys(),
    ]);
    expect(setups).toMatchObject([
      {
        setup: {
          model: 'models/gemini-3.8-live',
          realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
        },
      },
    ]);
    expect(JSON.stringify(setups)).not.toMatch(/thinking|proactiv|affective/i);
  });

  it('sends everything in the form of the wire', async () => {
    const sent: unknown[] = [];
    const { client } = await service((socket, send) => {
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as object;
        if ('setup' in message) send({ setupComplete: {} });
        else sent.push(message);
      });
    });
    const connection = await LiveConnection.open(client, options(), listener().listener);
    connection.sendContext([
      { role: 'user', text: 'Ana: hi' },
      { role: 'model', text: 'Hello' },
    ]);
    connection.sendText('(Ana is speaking)', { answer: false });
    connection.sendActivityStart();
    connection.sendAudio(new Uint8Array(8).subarray(2, 6));
    connection.sendPicture(Uint8Array.of(0xff, 0xd8));
    connection.sendActivityEnd();
    connection.sendText('Ana: hello', { answer: true });
    await connection.close();
    const turn = (role: string, text: string) => ({ role, parts: [{ text }] });
    expect(sent).toEqual([
      { clientContent: { turns: [turn('user', 'Ana: hi'), turn('model', 'Hello')], turnComplete: false } },
      { clientContent: { turns: [turn('user', '(Ana is speaking)')], turnComplete: false } },
      { realtimeInput: { activityStart: {} } },
      { realtimeInput: { audio: { data: 'AAAAAA==', mimeType: 'audio/pcm;rate=16000' } } },
      { realtimeInput: { video: { data: '/9g=', mimeType: 'image/jpeg' } } },
      { realtimeInput: { activityEnd: {} } },
      { clientContent: { turns: [turn('user', 'Ana: hello')], turnComplete: true } },
    ]);
  });

  it('is given up at its deadline when the service says nothing, and no socket is left', async () => {
    const { server, client } = await service(() => undefined);
    await expect(LiveConnection.open(client, options(100), listener().listener)).rejects.toThrow(
      LiveConnectError,
    );
    await noSocketIsLeft(server);
  });

  it('is given up at once when it is not wanted any more, and no socket is left', async () => {
    const { server, client } = await service(() => stop.abort());
    const stop = new AbortController();
    await expect(
      LiveConnection.open(client, options(60_000, stop.signal), listener().listener),
    ).rejects.toThrow(LiveConnectError);
    await noSocketIsLeft(server);
    await expect(
      LiveConnection.open(client, options(60_000, stop.signal), listener().listener),
    ).rejects.toThrow(LiveConnectError);
  });

  it('that the service closes before it is ready tells the code and what was said', async () => {
    const { client } = await service((socket) => socket.close(1007, 'Request contains an invalid argument.'));
    const error: unknown = await LiveConnection.open(client, options(), listener().listener).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(LiveConnectError);
    expect((error as LiveConnectError).end).toMatchObject({
      code: 1007,
      detail: expect.stringContaining('invalid argument') as string,
    });
  });

  it('ends on a message that is no JSON, without harm to the process', async () => {
    const { server, client } = await service((socket, send) => {
      socket.once('message', () => {
        send({ setupComplete: {} });
        socket.send('{"serverContent":');
      });
    });
    const { listener: on, ended } = listener();
    await LiveConnection.open(client, options(), on).catch(() => undefined);
    await noSocketIsLeft(server);
    void ended;
  });

  it('goes on when its listener fails on an event', async () => {
    const { client } = await service((socket, send) => {
      socket.once('message', () => {
        send({ setupComplete: {} });
        send({ serverContent: { turnComplete: true } });
        send({ serverContent: { interrupted: true } });
      });
    });
    const { events, listener: on } = listener();
    const failing = {
      ...on,
      onEvent: (event: ServerEvent) => {
        if (event.type === 'turnComplete') throw new Error('a bug');
        on.onEvent(event);
      },
    };
    const connection = await LiveConnection.open(client, options(), failing);
    closing.push(() => connection.close());
    await vi.waitFor(() => expect(events).toEqual([{ type: 'interrupted' }]));
    expect(on.onListenerError).toHaveBeenCalledOnce();
  });

  it('tells its end once, and sending afterwards does nothing', async () => {
    const { client } = await service((socket, send) => {
      socket.once('message', () => send({ setupComplete: {} }));
      socket.on('message', (data: Buffer) => {
        if (data.toString().includes('activityStart'))
          socket.close(1011, 'Deadline expired before operation could complete.');
      });
    });
    const { listener: on, ended } = listener();
    const connection = await LiveConnection.open(client, options(), on);
    connection.sendActivityStart();
    expect(await ended).toMatchObject({ code: 1011 });
    connection.sendActivityEnd();
    await connection.close();
  });

  it('closes within a second and a half when the service does not answer', async () => {
    const { client } = await service((socket, send) => {
      socket.once('message', () => {
        send({ setupComplete: {} });
        socket.pause();
      });
    });
    const connection = await LiveConnection.open(client, options(), listener().listener);
    const before = performance.now();
    await connection.close();
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});
