import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { COOKIE, frontDoor, gatewayIn } from './front-door.mjs';

/** How often the door asks the gateways whether they are well. */
const CHECK_MS = 50;
/** Names of gateways that accept connections and answer nothing. */
const still = new Set<string>();
/** Names of gateways that say that they are not well. */
const unwell = new Set<string>();
/** How often gateways have been asked. */
let checks = 0;
const PATIENCE = { timeout: 5_000 };

describe('a front door on two gateways', () => {
  let gateways: Server[];
  let door: Server;
  let url: string;

  beforeEach(async () => {
    gateways = await Promise.all(['first', 'second'].map(gateway));
    door = frontDoor(gateways.map(portOf), { checkMs: CHECK_MS }).listen(0, '127.0.0.1');
    await once(door, 'listening');
    url = `http://127.0.0.1:${portOf(door)}`;
  });

  afterEach(() => {
    still.clear();
    unwell.clear();
    checks = 0;
    for (const server of [door, ...gateways]) {
      server.close();
      server.closeAllConnections();
    }
  });

  test('deals new browsers to the gateways in turn, and keeps each where it is', async () => {
    const [one, other] = [await get('/'), await get('/')];
    expect(new Set([one.name, other.name])).toEqual(new Set(['first', 'second']));
    for (const browser of [one, other, one]) {
      const again = await get('/', browser.cookie);
      expect(again.name).toBe(browser.name);
      expect(again.cookie).toBeUndefined();
    }
  });

  test('passes method, path, host, body and cookies of the gateway unchanged', async () => {
    const response = await fetch(`${url}/api/rooms?cursor=a%20b`, { method: 'POST', body: 'a body' });
    expect(await response.json()).toMatchObject({
      method: 'POST',
      path: '/api/rooms?cursor=a%20b',
      host: url.slice('http://'.length),
      body: 'a body',
    });
    const cookies = response.headers.getSetCookie();
    expect(cookies[0]).toBe('session=abc; HttpOnly');
    expect(cookies[1]).toMatch(new RegExp(`^${COOKIE}=[12]; Path=/; HttpOnly; SameSite=Lax$`));
  });

  test('carries a WebSocket to the gateway of its browser', async () => {
    for (const [number, name] of [
      [1, 'first'],
      [2, 'second'],
    ] as const)
      expect(await greeting(`${COOKIE}=${number}`)).toBe(`kss.v1 ${name} hello`);
  });

  test('gives a browser another gateway when its own does not accept it', async () => {
    const [first] = gateways;
    first?.close();
    first?.closeAllConnections();
    const moved = await get('/', `${COOKIE}=1`);
    expect(moved).toMatchObject({ name: 'second', cookie: `${COOKIE}=2` });
    expect(await greeting(`${COOKIE}=1`)).toBe('kss.v1 second hello');
  });

  test('leaves a gateway that accepts and answers nothing, and comes back to it when it is well', async () => {
    still.add('first');
    const cookie = `${COOKIE}=1`;
    await vi.waitFor(async () => expect((await get('/', cookie)).name).toBe('second'), PATIENCE);
    for (const browser of [await get('/'), await get('/')]) expect(browser.name).toBe('second');
    still.clear();
    await vi.waitFor(async () => expect((await get('/', cookie)).name).toBe('first'), PATIENCE);
  });

  test('asks a gateway that is not well when there is no other one', async () => {
    for (const name of ['first', 'second']) unwell.add(name);
    await vi.waitFor(() => expect(checks).toBeGreaterThan(10), PATIENCE);
    expect((await get('/', `${COOKIE}=1`)).name).toBe('first');
  });

  test('says so when no gateway accepts', async () => {
    for (const server of gateways) {
      server.close();
      server.closeAllConnections();
    }
    expect((await fetch(url)).status).toBe(503);
    await expect(greeting(`${COOKIE}=1`)).rejects.toThrow('503');
  });

  async function get(path: string, cookie = '') {
    const response = await fetch(url + path, {
      headers: { cookie },
      signal: AbortSignal.timeout(1_000),
    });
    const { name } = (await response.json()) as { name: string };
    const own = response.headers.getSetCookie().find((each) => each.startsWith(COOKIE));
    return { name, cookie: own?.split(';')[0] };
  }

  async function greeting(cookie: string): Promise<string> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, 'kss.v1', { headers: { cookie } });
    await once(socket, 'open');
    socket.send('hello');
    const [data] = (await once(socket, 'message')) as [Buffer];
    socket.terminate();
    return `${socket.protocol} ${data.toString()}`;
  }
});

test.each([
  [undefined, undefined],
  ['other=1', undefined],
  [`other=1; ${COOKIE}=2`, 1],
  [`${COOKIE}=3`, undefined],
  [`${COOKIE}=x`, undefined],
])('the gateway in the cookies %j is %j', (cookies, index) => {
  expect(gatewayIn(cookies, 2)).toBe(index);
});

async function gateway(name: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (still.has(name)) return;
    if (request.url === '/healthz') {
      checks += 1;
      response.writeHead(unwell.has(name) ? 503 : 200).end();
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      response.setHeader('set-cookie', 'session=abc; HttpOnly');
      response.end(JSON.stringify({ name, method, path, host: headers.host, body }));
    });
  });
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data: Buffer) => socket.send(`${name} ${data.toString()}`)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
