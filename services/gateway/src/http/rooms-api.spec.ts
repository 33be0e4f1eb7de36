import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StaleVersionError, StudioApi, cookieFetch, waitForAdmission } from '@studio/client';
import { Problem, RoomView, StudioError, newId } from '@studio/contracts';
import type { RoomId, User } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';

interface Visitor {
  readonly api: StudioApi;
  readonly user: User;
  readonly fetch: typeof globalThis.fetch;
}

describe('rooms over HTTP', () => {
  let studio: TestStudio;
  let ada: Visitor;
  let bob: Visitor;
  let roomId: RoomId;

  beforeAll(async () => {
    studio = await TestStudio.start();
    [ada, bob] = [await visitor('Ada'), await visitor('Bob')];
  });
  beforeEach(async () => {
    studio.room.asked.length = 0;
    studio.room.roles.clear();
    roomId = (await ada.api.createRoom({ name: 'Room' })).id;
  });
  afterAll(() => studio.close());

  /** Somebody who may send what the client library does not. */
  async function visitor(name: string): Promise<Visitor> {
    const fetch = cookieFetch();
    const api = new StudioApi({ baseUrl: studio.url, fetch });
    return { api, user: await api.signIn(name), fetch };
  }

  function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return ada.fetch(`${studio.url}/api/rooms${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async function detail(response: Response): Promise<string> {
    expect(response.status).toBe(400);
    return Problem.parse(await response.json()).detail;
  }

  it('shows a room as its person sees it, and nothing to somebody who has that already', async () => {
    const first = await send('GET', `/${roomId}`);
    const view = RoomView.parse(await first.json());
    expect(view).toMatchObject({ room: { id: roomId, name: 'Room' }, role: 'member', entry: 'free' });
    const tag = first.headers.get('etag') ?? '';
    const again = await send('GET', `/${roomId}`, undefined, { 'if-none-match': `"other", ${tag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    studio.room.roles.set(ada.user.id, 'viewer');
    const lower = await send('GET', `/${roomId}`, undefined, { 'if-none-match': tag });
    expect(RoomView.parse(await lower.json()).role).toBe('viewer');
    await ada.api.changeRoom(roomId, { name: 'Other' });
    const changed = await send('GET', `/${roomId}`, undefined, {
      'if-none-match': lower.headers.get('etag') ?? '',
    });
    expect(changed.status).toBe(200);
  });

  it('lets one of two win who change the same version at once, and shows the other what is there now', async () => {
    const { version } = await ada.api.room(roomId);
    const both = await Promise.allSettled([
      ada.api.changeRoom(roomId, { name: 'By Ada' }, version),
      bob.api.changeRoom(roomId, { name: 'By Bob' }, version),
    ]);
    const [won] = both.filter((outcome) => outcome.status === 'fulfilled');
    const [lost] = both.filter((outcome) => outcome.status === 'rejected');
    const error: unknown = lost?.reason;
    expect(error).toBeInstanceOf(StaleVersionError);
    expect((error as StaleVersionError<RoomView>).current.room).toEqual(won?.value.room);
    expect(await ada.api.room(roomId)).toEqual(won?.value);
  });

  it('answers a change of an older version with 412, the room as it is, and its ETag', async () => {
    const first = await send('PATCH', `/${roomId}`, { locked: true }, { 'if-match': '"1"' });
    expect(first.status).toBe(200);
    const late = await send('PATCH', `/${roomId}`, { name: 'Late' }, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(late.headers.get('etag')).toBe(first.headers.get('etag'));
    const problem = Problem.parse(await late.json());
    expect(problem).toMatchObject({ code: 'precondition_failed', current: await first.json() });
    // The ETag itself, as GET gives it, is a precondition as good as the bare version.
    const tag = first.headers.get('etag') ?? '';
    const next = await send('PATCH', `/${roomId}`, { name: 'In time' }, { 'if-match': tag });
    expect(RoomView.parse(await next.json()).room).toMatchObject({ name: 'In time', locked: true });
    expect((await send('PATCH', `/${roomId}`, { lobby: true })).status).toBe(200);
  });

  it('names the field of what it refuses', async () => {
    expect(await detail(await send('PATCH', `/${roomId}`, { name: ' ' }))).toBe('name: a name is needed');
    expect(await detail(await send('PATCH', `/${roomId}`, { colour: 'red' }))).toContain('colour');
    expect(await detail(await send('PATCH', `/${roomId}`, {}))).toBe('nothing is to be changed');
    expect(await detail(await send('PATCH', `/${roomId}`, {}, { 'if-match': 'W/"1"' }))).toBeDefined();
    expect(await detail(await send('PUT', `/${roomId}/status`, { status: 'ajar' }))).toContain('status: ');
    expect(await detail(await send('POST', `/${roomId}/ticket`, { passcode: 'x' }))).toContain('passcode: ');
    expect(await detail(await send('POST', `/${roomId}/invites`, { hours: 0 }))).toContain('hours: ');
    expect(await detail(await send('DELETE', `/${roomId}/invites/x`))).toBe('inviteId: not an id');
    expect(await detail(await send('POST', `/${roomId}/lobby/${newId()}`, {}))).toContain('admit: ');
    expect(await detail(await send('POST', `/${roomId}/members/x/mute`))).toBe('memberId: not an id');
    const member = `/${roomId}/members/${newId()}`;
    expect(await detail(await send('PATCH', member, { role: 'king' }))).toMatch(/^role: /);
    expect(await detail(await send('PATCH', member, { state: 'gone' }))).toMatch(/^state: /);
    expect(await detail(await send('GET', '?scope=all'))).toContain('scope: ');
    expect(await detail(await send('GET', '?limit=0'))).toContain('limit: ');
    expect(await detail(await send('GET', `/${roomId}/search?q=x`))).toBe('q: at least 2 characters');
    expect(await detail(await send('GET', `/${roomId}/search`))).toContain('q: ');
    expect(await detail(await send('GET', `/${roomId}/events?before=0`))).toContain('before: ');
    expect(await detail(await send('GET', `/${roomId}/events?before=5&after=1`))).toContain('before: ');
  });

  it('makes a room under the key of whoever asks, in quotes or without', async () => {
    const create = (key: string) => send('POST', '', { name: 'Keyed' }, { 'idempotency-key': key });
    expect((await create('"8e03978e-40d5-43e8-bc93-6894a57f9324"')).status).toBe(201);
    expect((await create('a-key-of-my-own')).status).toBe(201);
    await ada.api.createRoom({ name: 'By the client' });
    expect(studio.room.of('room.create').slice(-3)).toMatchObject([
      { key: '8e03978e-40d5-43e8-bc93-6894a57f9324' },
      { key: 'a-key-of-my-own' },
      { key: expect.stringMatching(/^[\w-]{22}$/) as string },
    ]);
    expect(await detail(await create('short'))).toContain('Idempotency-Key');
    studio.room.failures.set('room.create', new StudioError('conflict', 'Used for another room.'));
    expect((await create('a-key-of-my-own')).status).toBe(409);
    studio.room.failures.clear();
  });

  it('leads from page to page, in the answer and in its Link', async () => {
    await ada.api.createRoom({ name: 'Another' });
    const names: string[] = [];
    let url: string | undefined = '/api/rooms?scope=open&limit=1';
    while (url !== undefined && names.length < 20) {
      const response = await ada.fetch(studio.url + url);
      const { rooms, next } = (await response.json()) as { rooms: { name: string }[]; next?: string };
      names.push(...rooms.map(({ name }) => name));
      url = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      expect(url).toBe(next && `/api/rooms?scope=open&limit=1&cursor=${next}`);
    }
    expect(names).toEqual(studio.room.rooms().map(({ name }) => name));
    expect(studio.room.of('room.list')[0]).toMatchObject({ scope: 'open', limit: 1 });
  });

  it('leads through the conversation in both directions', async () => {
    const actor = { ...ada.user, kind: 'person' } as const;
    for (let line = 2; line <= 7; line++)
      studio.room.write(roomId, { key: newId(), actor, body: { type: 'chat', text: `line ${line}` } });
    async function walk(search: string): Promise<number[][]> {
      const pages: number[][] = [];
      let url: string | undefined = `/api/rooms/${roomId}/events?${search}`;
      while (url !== undefined && pages.length < 20) {
        const response = await ada.fetch(studio.url + url);
        const { events } = (await response.json()) as { events: { seq: number }[] };
        pages.push(events.map(({ seq }) => seq));
        url = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      }
      return pages;
    }
    expect(await walk('limit=3')).toEqual([[5, 6, 7], [2, 3, 4], [1]]);
    expect(await walk('limit=3&after=1')).toEqual([
      [2, 3, 4],
      [5, 6, 7],
    ]);
    await expect(ada.api.history(roomId, { after: 5 })).resolves.toMatchObject({
      events: [{ seq: 6 }, { seq: 7 }],
    });
  });

  it('shows what is said in a room to its members only, also when it is closed', async () => {
    await ada.api.setStatus(roomId, 'closed');
    studio.room.roles.set(bob.user.id, 'viewer');
    expect((await bob.api.history(roomId)).events).toHaveLength(2);
    await expect(bob.api.searchRoom(roomId, 'words')).resolves.toEqual({ hits: [] });
    studio.room.roles.set(bob.user.id, null);
    const reading: (() => Promise<unknown>)[] = [
      () => bob.api.history(roomId),
      () => bob.api.searchRoom(roomId, 'words'),
      () => bob.api.members(roomId),
      () => bob.api.live(roomId),
    ];
    for (const read of reading) await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
    expect((await bob.fetch(bob.api.exportUrl(roomId, 'md'))).status).toBe(403);
    await expect(bob.api.room(roomId)).resolves.toMatchObject({ role: null, room: { status: 'closed' } });
    expect(studio.room.of('room.search')).toHaveLength(1);
  });

  it('closes, reopens and deletes a room', async () => {
    expect((await ada.api.setStatus(roomId, 'closed')).room.status).toBe('closed');
    expect((await ada.api.setStatus(roomId, 'open')).room.status).toBe('open');
    await expect(ada.api.deleteRoom(roomId)).resolves.toBeUndefined();
    await expect(ada.api.room(roomId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('makes, shows and revokes invites', async () => {
    const before = Date.now();
    const invite = await ada.api.invite(roomId, { role: 'viewer', hours: 2 });
    expect(invite).toMatchObject({ role: 'viewer', createdBy: 'Ada' });
    expect((invite.expiresAt ?? 0) - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect((await ada.api.invite(roomId, { hours: null })).expiresAt).toBeNull();
    await ada.api.revokeInvite(roomId, invite.id);
    const left = await ada.api.invites(roomId);
    expect(left).toMatchObject([{ role: 'member', expiresAt: null }]);
    const { ticket } = await bob.api.ticket(roomId);
    expect(ticket).toBeDefined();
    await bob.api.enter(roomId, { invite: invite.id, passcode: 'open sesame' });
    expect(studio.room.of('room.enter').at(-1)).toMatchObject({
      user: bob.user,
      invite: invite.id,
      passcode: 'open sesame',
    });
  });

  it('lets somebody wait in the lobby until they are let in', async () => {
    studio.room.knocking.add(bob.user.id);
    await expect(bob.api.ticket(roomId)).rejects.toMatchObject({ code: 'forbidden' });
    let knocks = 0;
    const admitted = waitForAdmission({
      api: bob.api,
      roomId,
      onWaiting: () => {
        if (++knocks === 2) void ada.api.answerKnock(roomId, bob.user.id, true);
      },
    });
    expect((await admitted).ticket.split('.')).toHaveLength(3);
    expect(knocks).toBeGreaterThanOrEqual(2);
    expect(studio.room.of('room.answerKnock')).toMatchObject([{ personId: bob.user.id, admit: true }]);
  });

  it('decides about members', async () => {
    await studio.connectInto(bob, roomId);
    await studio.connectInto(ada, roomId);
    const first = await ada.api.members(roomId, { limit: 1 });
    const second = await ada.api.members(roomId, { limit: 1, cursor: first.next });
    expect([...first.members, ...second.members].map(({ name }) => name)).toEqual(['Bob', 'Ada']);
    expect(second.next).toBeUndefined();
    await expect(ada.api.setRole(roomId, bob.user.id, 'moderator')).resolves.toMatchObject({
      id: bob.user.id,
      role: 'moderator',
    });
    await ada.api.mute(roomId, bob.user.id);
    await expect(ada.api.removeMember(roomId, bob.user.id)).resolves.toMatchObject({ state: 'removed' });
    await expect(ada.api.restoreMember(roomId, bob.user.id)).resolves.toMatchObject({ state: 'member' });
    await expect(ada.api.handOver(roomId, bob.user.id)).resolves.toMatchObject({ role: 'owner' });
    expect(studio.room.of('room.mute')).toMatchObject([{ memberId: bob.user.id, user: ada.user }]);
    await expect(ada.api.setRole(roomId, newId(), 'viewer')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('finds words, in a room and in all rooms', async () => {
    const actor = { ...ada.user, kind: 'person' } as const;
    for (let line = 0; line < 3; line++)
      studio.room.write(roomId, { key: newId(), actor, body: { type: 'chat', text: `xylophone ${line}` } });
    const first = await bob.api.searchRoom(roomId, 'xylophone', { limit: 2 });
    expect(first.hits.map(({ seq }) => seq)).toEqual([4, 3]);
    const second = await bob.api.searchRoom(roomId, 'xylophone', { before: first.next });
    expect(second).toMatchObject({ hits: [{ seq: 2, snippet: 'xylophone 0', marks: [[0, 9]] }] });
    const everywhere = await bob.api.search(' xylophone ');
    expect(everywhere.rooms).toMatchObject([{ room: { id: roomId }, hits: [{}, {}, {}] }]);
    expect(studio.room.of('room.searchAll')).toMatchObject([{ userId: bob.user.id, query: 'xylophone' }]);
  });
});
