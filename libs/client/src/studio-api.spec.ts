import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@studio/contracts';
import { cookieFetch } from './cookie-fetch.ts';
import { StudioApi } from './studio-api.ts';

interface Answer {
  status?: number;
  body?: unknown;
  cookie?: string;
}

describe('StudioApi', () => {
  let server: Server;
  let api: StudioApi;
  let answer: (request: IncomingMessage, body: string) => Answer;

  beforeEach(async () => {
    server = createServer((request, response) => {
      void request.toArray().then((chunks) => {
        const { status = 200, body, cookie } = answer(request, Buffer.concat(chunks as Buffer[]).toString());
        if (cookie !== undefined) response.setHeader('set-cookie', cookie);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    api = new StudioApi({ baseUrl: `http://127.0.0.1:${port}/`, fetch: cookieFetch() });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('signs in, and is known by its cookie afterwards until it signs out', async () => {
    const user = { id: newId(), name: 'Ada' };
    answer = (request, body) => {
      if (request.method === 'POST') {
        expect(JSON.parse(body)).toEqual({ name: 'Ada' });
        return { body: { user }, cookie: 'kss_session=secret; HttpOnly; Path=/' };
      }
      if (request.method === 'DELETE') {
        return { status: 204, body: '', cookie: 'kss_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT' };
      }
      return { body: { user: request.headers.cookie === 'kss_session=secret' ? user : null } };
    };
    await expect(api.session()).resolves.toBeUndefined();
    await expect(api.signIn('Ada')).resolves.toEqual(user);
    await expect(api.session()).resolves.toEqual(user);
    await api.signOut();
    await expect(api.session()).resolves.toBeUndefined();
  });

  it('asks for the same room with the same key until it is there, and then for another one', async () => {
    const asked: string[] = [];
    let failing = true;
    const room = {
      ...{
        id: newId(),
        name: 'Room',
        ownerId: newId(),
        ownerName: 'Ada',
        visibility: 'link',
        status: 'open',
      },
      ...{ createdAt: 1, locked: false, lobby: false, passcode: false, retentionDays: null },
    };
    answer = ({ headers }) => {
      asked.push(String(headers['idempotency-key']));
      return failing ? { status: 502, body: 'proxy' } : { status: 201, body: room };
    };
    await expect(api.createRoom({ name: 'Room' })).rejects.toMatchObject({ code: 'unavailable' });
    failing = false;
    await expect(api.createRoom({ name: 'Room' })).resolves.toEqual(room);
    await Promise.all([api.createRoom({ name: 'Room' }), api.createRoom({ name: 'Room' })]);
    const [first, second, ...others] = asked;
    expect(first).toMatch(/^"[\w-]{22}"$/);
    expect(second).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('asks for a page of history', async () => {
    answer = (request) => {
      expect(request.url).toBe('/api/rooms/some%2Froom/events?before=12&limit=5');
      return { body: { events: [], first: 1, head: 30 } };
    };
    await expect(api.history('some/room', { before: 12, limit: 5 })).resolves.toEqual({
      events: [],
      first: 1,
      head: 30,
    });
  });

  it('rejects with the code and the sentence of a problem', async () => {
    answer = () => ({ status: 404, body: problem(404, 'not_found', 'There is no such room.') });
    await expect(api.room('x')).rejects.toMatchObject({
      name: 'StudioError',
      code: 'not_found',
      message: 'There is no such room.',
    });
  });

  it('rejects as unavailable when a proxy answers in its own words', async () => {
    answer = () => ({ status: 502, body: '<h1>Bad gateway</h1>' });
    await expect(api.rooms()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('rejects an answer of another shape than the contract', async () => {
    answer = () => ({ body: { rooms: [{ id: 'short' }] } });
    await expect(api.rooms()).rejects.toMatchObject({ code: 'internal' });
  });

  it('rejects as unavailable when nobody answers', async () => {
    const nowhere = new StudioApi({ baseUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.studio()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

function problem(status: number, code: string, detail: string): unknown {
  return { type: 'about:blank', title: 'Problem', status, code, detail };
}
