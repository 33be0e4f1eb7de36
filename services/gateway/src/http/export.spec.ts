import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudioApi, cookieFetch } from '@studio/client';
import { Event, ExportFormat, LIMITS, Problem, StudioError } from '@studio/contracts';
import type { RoomId, User } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';

const MEBIBYTE = 1024 * 1024;
const EVENTS = 20_000;
/** One text for all of them: what the spec itself keeps is small. */
const TEXT = 'words of a long conversation '.repeat(70).trim();
/** So many pages of 512 KiB at least. */
const PAGES = 70;

/** What lives in this process now, in bytes. */
function heap(collect: () => void): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('the export of a conversation', () => {
  let studio: TestStudio;
  let api: StudioApi;
  let user: User;
  let fetch: typeof globalThis.fetch;
  let roomId: RoomId;

  beforeAll(async () => {
    studio = await TestStudio.start();
    fetch = cookieFetch();
    api = new StudioApi({ baseUrl: studio.url, fetch });
    user = await api.signIn('Ada');
    roomId = (await api.createRoom({ name: 'Zürich "1"' })).id;
    const { events } = studio.room.conversation(roomId);
    const actor = { ...user, kind: 'person' } as const;
    for (let seq = 2; seq <= EVENTS; seq++)
      events.push({ seq, at: seq, key: `key-${seq}-of-event`, actor, body: { type: 'chat', text: TEXT } });
  });
  beforeEach(() => {
    studio.room.asked.length = 0;
    studio.room.failures.clear();
  });
  afterAll(() => studio.close());

  function download(format: ExportFormat): Promise<Response> {
    return fetch(api.exportUrl(roomId, format));
  }

  /** A download of which only the beginning is read, when the server has stopped writing for want of room. */
  async function stalled(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const { body } = await download('json');
    if (!body) throw new Error('no body');
    const reader = body.getReader();
    await reader.read();
    await settled();
    return reader;
  }

  /** As soon as the server has read no more of the conversation during many other requests. */
  async function settled(): Promise<number> {
    for (;;) {
      const before = studio.room.of('room.events').length;
      for (let request = 0; request < 50; request++) await api.session();
      if (studio.room.of('room.events').length === before) return before;
    }
  }

  it.each(ExportFormat.options)(
    'writes 20,000 events as %s, with a memory that does not grow',
    async (format) => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const response = await download(format);
      if (!response.body) throw new Error('no body');
      expect(response.headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="Zurich -1- [\\d-]+\\.${format}"; filename\\*=UTF-8''Z%C3%BCrich`),
      );
      const before = heap(collect);
      let [bytes, most, sampled, lines, rest] = [0, 0, 0, 0, ''];
      const decoder = new TextDecoder();
      for await (const chunk of response.body as ReadableStream<Uint8Array>) {
        bytes += chunk.byteLength;
        const parts = (rest + decoder.decode(chunk, { stream: true })).split(TEXT);
        lines += parts.length - 1;
        rest = parts.at(-1) ?? '';
        if (bytes - sampled < 4 * MEBIBYTE) continue;
        sampled = bytes;
        most = Math.max(most, heap(collect) - before);
      }
      expect(lines).toBe(EVENTS - 1);
      expect(bytes).toBeGreaterThan(35 * MEBIBYTE);
      const figure = `${format}: ${Math.round(bytes / MEBIBYTE)} MiB, heap +${(most / MEBIBYTE).toFixed(1)} MiB at most`;
      process.stdout.write(`export of 20,000 events as ${figure}\n`);
      expect(most).toBeLessThan(16 * MEBIBYTE);
    },
  );

  it('can be read as JSON', async () => {
    const { room, events } = (await (await download('json')).json()) as { room: unknown; events: unknown[] };
    expect(room).toEqual((await api.room(roomId)).room);
    expect(events).toEqual(studio.room.conversation(roomId).events);
    expect(Event.safeParse(events.at(-1)).success).toBe(true);
  });

  it('is read no faster than the client takes it, and not at all for a client that has gone', async () => {
    const reader = await stalled();
    const read = studio.room.of('room.events').length;
    expect(read).toBeLessThan(PAGES / 2);
    await reader.cancel();
    expect(await settled()).toBeLessThanOrEqual(read + 1);
    expect(studio.log.join('')).not.toContain('request failed');
  });

  it('breaks off when the conversation cannot be read further, and does not end as if it was complete', async () => {
    const reader = await stalled();
    studio.room.failures.set('room.events', new StudioError('unavailable', 'The archive is away.'));
    const rest = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow();
    expect(studio.log.join('')).toContain('an answer broke off');
  });

  it('breaks off at the next page when its person is put out of the room, and tells them no more', async () => {
    const reader = await stalled();
    const before = studio.room.of('room.events').length;
    studio.room.roles.set(user.id, null);
    const rest = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow();
    expect(studio.room.of('room.events').length).toBeLessThanOrEqual(before + 1);
    studio.room.roles.delete(user.id);
  });

  it('is one of few at once, for a person and for all, and says when to come back', async () => {
    const own = await Promise.all(Array.from({ length: LIMITS.exportsPerPerson }, () => stalled()));
    const refused = await download('md');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(Problem.parse(await refused.json())).toMatchObject({ code: 'rate_limited' });
    const others = Array.from({ length: LIMITS.exportsPerGateway - own.length }, async () => {
      const fetch = cookieFetch();
      await new StudioApi({ baseUrl: studio.url, fetch }).signIn('Bob');
      const { body } = await fetch(api.exportUrl(roomId, 'json'));
      // One that nobody reads is cancelled when its answer is collected as garbage.
      return body?.getReader();
    });
    const readers = await Promise.all(others);
    const eve = cookieFetch();
    await new StudioApi({ baseUrl: studio.url, fetch: eve }).signIn('Eve');
    const full = await eve(api.exportUrl(roomId, 'md'));
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '10']);
    await Promise.all([
      ...own.map((reader) => reader.cancel()),
      ...readers.map((reader) => reader?.cancel()),
    ]);
    // Whoever has gone has given the place back.
    await vi.waitFor(async () => {
      const again = await download('vtt');
      await again.body?.cancel();
      expect(again.status).toBe(200);
    });
  });

  it('breaks off when its client takes nothing of it for long, and gives the place back', async () => {
    const impatient = await TestStudio.start({}, { timing: { exportStalledMs: 100 } });
    const own = cookieFetch();
    const there = new StudioApi({ baseUrl: impatient.url, fetch: own });
    await there.signIn('Ada');
    const { id } = await there.createRoom({ name: 'Room' });
    impatient.room.conversation(id).events.push(...studio.room.conversation(roomId).events.slice(1));
    const stalling = Array.from({ length: LIMITS.exportsPerPerson }, () => own(there.exportUrl(id, 'json')));
    const unread = await Promise.all(stalling);
    await vi.waitFor(
      async () => {
        const next = await own(there.exportUrl(id, 'md'));
        await next.body?.cancel();
        expect(next.status).toBe(200);
      },
      { timeout: 10_000 },
    );
    for (const answer of unread) await expect(answer.text()).rejects.toThrow();
    await impatient.close();
  });

  it('is refused with a problem when it cannot even begin', async () => {
    studio.room.failures.set('room.events', new StudioError('unavailable', 'The archive is away.'));
    const response = await download('md');
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(Problem.parse(await response.json())).toMatchObject({
      status: 503,
      detail: 'The archive is away.',
    });
    const wrong = await fetch(`${studio.url}/api/rooms/${roomId}/export?format=doc`);
    expect(Problem.parse(await wrong.json()).detail).toContain('format: ');
  });

  it('tells what it would be without writing it', async () => {
    const response = await fetch(api.exportUrl(roomId, 'vtt'), { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/vtt; charset=utf-8']);
    expect(await settled()).toBe(1);
  });
});
