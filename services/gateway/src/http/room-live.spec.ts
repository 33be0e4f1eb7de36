import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioApi, cookieFetch } from '@studio/client';
import { DEFAULT_LIVE_SETTINGS, NO_USAGE, Problem, RoomLiveView } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';

describe('how Gemini takes part in a room, over HTTP', () => {
  let studio: TestStudio;
  beforeAll(async () => {
    studio = await TestStudio.start();
  });
  afterAll(() => studio.close());

  /** Somebody with a room, who may send what the client library does not. */
  async function owner() {
    const fetch = cookieFetch();
    const api = new StudioApi({ baseUrl: studio.url, fetch });
    await api.signIn('Ada');
    const roomId = (await api.createRoom({ name: 'Room' })).id;
    return { api, roomId, fetch };
  }

  async function put(
    { fetch, roomId }: { fetch: typeof globalThis.fetch; roomId: RoomId },
    body: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${studio.url}/api/rooms/${roomId}/live`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const json: unknown = await response.json();
    return { status: response.status, etag: response.headers.get('etag'), json };
  }

  it('is read by every member, with its version and what it has cost', async () => {
    const { roomId } = await owner();
    const { api } = await studio.signIn('Bob');
    const view = await api.live(roomId);
    expect(view).toEqual({
      settings: DEFAULT_LIVE_SETTINGS,
      version: '1',
      defaults: DEFAULT_LIVE_SETTINGS,
      usage: NO_USAGE,
    });
  });

  it('is changed by the owner alone', async () => {
    const { api, roomId } = await owner();
    const settings = { ...DEFAULT_LIVE_SETTINGS, voice: 'Kore' } as const;
    const changed = await api.setLive(roomId, settings, (await api.live(roomId)).version);
    expect(changed).toMatchObject({ settings, version: '2' });
    const bob = await studio.signIn('Bob');
    await expect(bob.api.setLive(roomId, DEFAULT_LIVE_SETTINGS, '2')).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await bob.api.live(roomId)).settings).toEqual(settings);
  });

  it('has its version as ETag, and refuses a change of an older one with 412', async () => {
    const ada = await owner();
    const first = await put(ada, { voice: 'Kore' }, { 'if-match': '"1"' });
    expect(first).toMatchObject({ status: 200, etag: '"2"' });
    expect(RoomLiveView.parse(first.json).settings.voice).toBe('Kore');
    const late = await put(ada, { voice: 'Puck' }, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(Problem.parse(late.json)).toMatchObject({
      ...{ code: 'precondition_failed', status: 412 },
      current: first.json,
    });
    expect(late.etag).toBe('"2"');
    expect(await put(ada, { voice: 'Puck' }, { 'if-match': '*' })).toMatchObject({ status: 200 });
    expect(await put(ada, { voice: 'Zephyr' })).toMatchObject({ status: 200, etag: '"4"' });
  });

  it('lets one of two win who change the same version at once', async () => {
    const ada = await owner();
    const both = await Promise.all([
      put(ada, { voice: 'Kore' }, { 'if-match': '"1"' }),
      put(ada, { voice: 'Puck' }, { 'if-match': '"1"' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  it('refuses what is no setting, naming it, and a precondition that it cannot read', async () => {
    const ada = await owner();
    const wrong = await put(ada, { voice: 'Nobody', voiceActivity: { silenceMs: 5 } });
    expect(wrong.status).toBe(400);
    expect(Problem.parse(wrong.json).detail).toMatch(/voice: .*voiceActivity\.silenceMs: /);
    for (const ifMatch of ['1', 'W/"1"', '"1", "2"'])
      expect(await put(ada, {}, { 'if-match': ifMatch })).toMatchObject({ status: 400 });
  });
});
