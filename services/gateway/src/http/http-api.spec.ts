import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, StudioError, newId } from '@studio/contracts';
import { ConfigError } from '@studio/platform';
import { LIVE_INFO } from '../testing/scripted-room.fixture.ts';
import { TestStudio } from '../testing/studio.fixture.ts';

const INDEX = '<app-root ngCspNonce="CSP_NONCE"></app-root><script nonce="CSP_NONCE"></script>';

describe('the HTTP API', () => {
  let studio: TestStudio;
  let clientDir: string;

  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'gateway-client-'));
    await writeFile(join(clientDir, 'index.html'), INDEX);
    await writeFile(join(clientDir, 'main-ABCD1234.js'), '// main');
    await writeFile(join(clientDir, 'favicon.svg'), '<svg/>');
    studio = await TestStudio.start({ CLIENT_DIR: clientDir, ALLOWED_ORIGINS: 'https://partner.example' });
  });
  afterAll(async () => {
    await studio.close();
    await rm(clientDir, { recursive: true });
  });

  function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(studio.url + path, { headers });
  }

  function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(studio.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async function problem(response: Response): Promise<Problem> {
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const parsed = Problem.parse(await response.json());
    expect(parsed.status).toBe(response.status);
    return parsed;
  }

  it('says before sign-in what the studio is', async () => {
    const { api } = await studio.signIn('Ada');
    await expect(api.studio()).resolves.toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      guests: true,
      live: LIVE_INFO,
    });
  });

  it('signs a guest in, keeps the identity through a change of name, and signs out', async () => {
    const { api, user } = await studio.signIn('Ada');
    await expect(api.session()).resolves.toEqual(user);
    await expect(api.signIn('Countess')).resolves.toEqual({ id: user.id, name: 'Countess' });
    await expect(api.session()).resolves.toEqual({ id: user.id, name: 'Countess' });
    await api.signOut();
    await expect(api.session()).resolves.toBeUndefined();
  });

  it('does not admit guests where configuration does not', async () => {
    const closed = await TestStudio.start({ GUESTS: 'false' });
    await expect(closed.signIn('Ada')).rejects.toMatchObject({ code: 'forbidden' });
    await closed.close();
  });

  it('creates, lists and shows rooms, and admits to them', async () => {
    const { api, user } = await studio.signIn('Ada');
    const room = await api.createRoom({ name: '  Planning ' });
    expect(room).toMatchObject({ name: 'Planning', ownerId: user.id, visibility: 'listed' });
    expect((await api.rooms()).rooms).toContainEqual(room);
    await expect(api.room(room.id)).resolves.toEqual({
      ...{ room, role: 'member', entry: 'free', version: '1' },
    });
    const { ticket, expiresAt } = await api.ticket(room.id);
    expect(ticket.split('.')).toHaveLength(3);
    expect(expiresAt - Date.now()).toBeGreaterThan(50_000);
    const page = await api.history(room.id, { limit: 10 });
    expect(page).toMatchObject({ head: 1, events: [{ seq: 1, body: { type: 'room.created' } }] });
  });

  it('passes the errors of services on', async () => {
    const { api } = await studio.signIn('Ada');
    await expect(api.ticket(newId())).rejects.toMatchObject({ code: 'not_found' });
    studio.room.failures.set('room.list', new StudioError('unavailable', 'The store is away.'));
    await expect(api.rooms()).rejects.toMatchObject({ code: 'unavailable', message: 'The store is away.' });
    studio.room.failures.clear();
  });

  it('answers what it does not understand with a problem that says why', async () => {
    const { api } = await studio.signIn('Ada');
    await expect(api.room('short')).rejects.toMatchObject({ code: 'invalid', message: 'id: not an id' });
    expect(await problem(await post('/api/session', '{"name":" "}'))).toMatchObject({
      status: 400,
      code: 'invalid',
      detail: 'name: a name is needed',
    });
    expect(await problem(await post('/api/session', '{'))).toMatchObject({
      status: 400,
      code: 'invalid',
      detail: 'The request cannot be read: its body is not JSON, or its address is malformed.',
    });
    expect(await problem(await get('/api/nothing'))).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: 'Nothing is served at this address with this method.',
    });
    expect(await problem(await get('/nothing.js'))).toMatchObject({ status: 404 });
  });

  it('takes no body of more than 64 KiB', async () => {
    const response = await post('/api/session', JSON.stringify({ name: 'x'.repeat(70_000) }));
    expect(await problem(response)).toMatchObject({
      status: 413,
      code: 'too_large',
      detail: 'The body is larger than 64 KiB.',
    });
  });

  it('lets no page of somewhere else change anything', async () => {
    const body = '{"name":"Ada"}';
    const evil = await post('/api/session', body, { origin: 'https://evil.example' });
    expect(await problem(evil)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(evil.headers.get('set-cookie')).toBeNull();
    expect((await post('/api/session', body, { origin: studio.url })).status).toBe(200);
    expect((await post('/api/session', body, { origin: 'https://partner.example' })).status).toBe(200);
  });

  it('tells nothing of an error that is its own', async () => {
    studio.room.failures.set('room.list', new TypeError('secret detail'));
    const { api } = await studio.signIn('Ada');
    const error: unknown = await api.rooms().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'internal' });
    expect(String(error)).not.toContain('secret');
    studio.room.failures.clear();
  });

  it('serves the client with a nonce per answer that the policy names', async () => {
    const first = await get('/rooms/some-room', { accept: 'text/html' });
    const page = await first.text();
    const nonce = /ngCspNonce="([^"]{20,})"/.exec(page)?.[1] ?? '';
    expect(page).toBe(INDEX.replaceAll('CSP_NONCE', nonce));
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(await (await get('/', { accept: 'text/html' })).text()).not.toContain(nonce);
  });

  it('lets hashed files be kept, and asks about the others', async () => {
    const hashed = await get('/main-ABCD1234.js');
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await hashed.text()).toBe('// main');
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/../../etc/passwd')).status).toBe(404);
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/', '/api/rooms', '/main-ABCD1234.js']) {
      const { headers } = await get(path);
      expect(headers.get('permissions-policy')).toContain(
        'camera=(self), microphone=(self), display-capture=(self)',
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await get('/api/studio')).headers.get('cache-control')).toBe('no-store');
  });

  it('shows its health and its metrics', async () => {
    const healthy = await get('/healthz');
    expect(healthy.status).toBe(200);
    expect(await healthy.json()).toMatchObject({ ok: true, checks: { bus: true, presence: true } });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/^studio_gateway_connections(\{.*\})? 0$/m);
  });

  it('does not start without a client where one is configured, or on a port that is taken', async () => {
    await expect(TestStudio.start({ CLIENT_DIR: '/nowhere' })).rejects.toBeInstanceOf(ConfigError);
    const port = String(studio.gateway.port);
    await expect(TestStudio.start({ PORT: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
