import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ABSENT, PreconditionFailedError } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';

/** One place that objects are kept in; every `open` of it is what another process would have. */
export interface ObjectStorePlace {
  open(): Promise<ObjectStore>;
  remove(): Promise<void>;
}

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (data: Uint8Array | undefined) => new TextDecoder().decode(data);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** What every engine of the port promises. */
export function describeObjectStore(engine: string, create: () => Promise<ObjectStorePlace>): void {
  describe(`${engine} as an object store`, () => {
    let place: ObjectStorePlace;
    let store: ObjectStore;
    let other: ObjectStore;
    // The emulator of Cloud Storage may have to be built first.
    beforeAll(async () => {
      place = await create();
      store = await place.open();
      other = await place.open();
    }, 20 * 60_000);
    afterAll(async () => {
      await store.close();
      await other.close();
      await place.remove();
    });
    /** Names under it are this test's own. */
    const newPrefix = () => `${randomUUID()}/`;

    it('knows nothing of an object that was never written', async () => {
      const name = `${newPrefix()}none`;
      expect(await store.get(name)).toBeUndefined();
      await store.delete(name);
      await store.delete(name, '12345');
      expect(await store.list(name, { limit: 10 })).toEqual({ objects: [] });
    });

    it('gives back data and metadata as they were written, to every process', async () => {
      const name = `${newPrefix()}object`;
      const data = Uint8Array.from(range(0, 255));
      const metadata = { name: 'Grüße 🌳', Case: 'Kept', empty: '' };
      const generation = await store.put(name, data, { metadata });
      expect(await other.get(name)).toEqual({ name, data, generation, metadata });
    });

    it('replaces data and metadata, and changes the generation with every write', async () => {
      const name = `${newPrefix()}object`;
      const first = await store.put(name, encode('same'), { metadata: { a: '1' } });
      const second = await store.put(name, encode('same'));
      expect(second).not.toBe(first);
      expect(await other.get(name)).toEqual({ name, data: encode('same'), generation: second, metadata: {} });
    });

    it('keeps metadata of any text up to its limit, and lists it', async () => {
      const name = `${newPrefix()}object`;
      const metadata = {
        title: 'Ideen & "Pläne" \n 日本 🎈',
        empty: '',
        UPPER: 'x',
        long: 'v'.repeat(7_900),
      };
      await store.put(name, encode('x'), { metadata });
      expect((await other.get(name))?.metadata).toEqual(metadata);
      expect((await other.list(name, { limit: 1 })).objects[0]?.metadata).toEqual(metadata);
    });

    it('keeps empty objects, and large ones', async () => {
      const prefix = newPrefix();
      const large = new Uint8Array(5 * 1024 * 1024).map((_, at) => (at * 31 + (at >> 8)) & 255);
      await store.put(`${prefix}empty`, new Uint8Array());
      await store.put(`${prefix}large`, large);
      expect((await store.get(`${prefix}empty`))?.data).toEqual(new Uint8Array());
      expect(Buffer.compare((await store.get(`${prefix}large`))?.data ?? large.subarray(1), large)).toBe(0);
    });

    it('creates an object only when it is absent, if that is expected', async () => {
      const name = `${newPrefix()}object`;
      await store.put(name, encode('first'), { expect: ABSENT });
      await expect(other.put(name, encode('second'), { expect: ABSENT })).rejects.toThrow(
        PreconditionFailedError,
      );
      expect(decode((await store.get(name))?.data)).toBe('first');
    });

    it('replaces and removes only the generation that is expected', async () => {
      const name = `${newPrefix()}object`;
      const first = await store.put(name, encode('first'));
      const second = await other.put(name, encode('second'), { expect: first });
      await expect(store.put(name, encode('late'), { expect: first })).rejects.toThrow(
        PreconditionFailedError,
      );
      await expect(store.delete(name, first)).rejects.toThrow(PreconditionFailedError);
      await expect(store.delete(name, ABSENT)).rejects.toThrow(PreconditionFailedError);
      expect(await store.get(name)).toMatchObject({ generation: second, data: encode('second') });
      await store.delete(name, second);
      expect(await other.get(name)).toBeUndefined();
      await expect(store.put(name, encode('gone'), { expect: second })).rejects.toThrow(
        PreconditionFailedError,
      );
    });

    it('never gives a generation again after an object was removed', async () => {
      const name = `${newPrefix()}object`;
      const first = await store.put(name, encode('first'));
      await other.delete(name);
      await store.delete(name);
      const second = await store.put(name, encode('second'), { expect: ABSENT });
      expect(second).not.toBe(first);
      await expect(other.delete(name, first)).rejects.toThrow(PreconditionFailedError);
    });

    it('lets one of many simultaneous creators win', async () => {
      const name = `${newPrefix()}object`;
      const results = await Promise.allSettled(
        range(1, 16).map((n) => (n % 2 ? store : other).put(name, encode(`writer ${n}`), { expect: ABSENT })),
      );
      const won = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PreconditionFailedError);
      expect(decode((await store.get(name))?.data)).toBe(`writer ${won + 1}`);
    });

    it('loses no update of writers that read, change and write with the generation they read', async () => {
      const name = `${newPrefix()}counter`;
      await store.put(name, encode('0'));
      const increment = async (by: ObjectStore) => {
        for (;;) {
          const object = await by.get(name);
          try {
            await by.put(name, encode(String(Number(decode(object?.data)) + 1)), {
              expect: object?.generation ?? ABSENT,
            });
            return;
          } catch (error) {
            if (!(error instanceof PreconditionFailedError)) throw error;
          }
        }
      };
      await Promise.all(
        range(1, 4).map(async (n) => {
          for (let i = 0; i < 6; i += 1) await increment(n % 2 ? store : other);
        }),
      );
      expect(decode((await other.get(name))?.data)).toBe('24');
    });

    it('shows readers the old object or the new one, whole', async () => {
      const name = `${newPrefix()}object`;
      const sizes = [10, 300_000, 7, 100_000];
      const write = async () => {
        for (let n = 0; n < 24; n += 1) {
          const size = sizes[n % 4] ?? 1;
          await store.put(name, new Uint8Array(size).fill(n), {
            metadata: { n: String(n), size: String(size) },
          });
        }
      };
      await store.put(name, new Uint8Array(10), { metadata: { n: '0', size: '10' } });
      const state = { writing: true };
      const written = write().finally(() => (state.writing = false));
      while (state.writing) {
        const object = await other.get(name);
        expect(object?.data.byteLength).toBe(Number(object?.metadata['size']));
        expect(object?.data.every((byte) => byte === Number(object.metadata['n']))).toBe(true);
      }
      await written;
    });

    it('lists names in order, page by page, with generation and metadata, without removed ones', async () => {
      const prefix = newPrefix();
      const parts = [
        'a',
        'a-b',
        'a/b',
        'a/b/c',
        'ab',
        'B',
        'Ä',
        'z z',
        'room/1',
        'room/10',
        'room/2',
        '🌳',
        'é',
      ];
      const names = parts
        .map((part) => prefix + part)
        .sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)));
      const generations = new Map<string, string>();
      for (const name of names)
        generations.set(name, await store.put(name, encode('x'), { metadata: { name } }));
      for (const gone of ['a/a', 'room/11', 'zz']) {
        await store.put(prefix + gone, encode('x'));
        await store.delete(prefix + gone);
      }
      const expected = names.map((name) => ({
        name,
        generation: generations.get(name),
        metadata: { name },
      }));
      expect(await other.list(prefix, { limit: 1_000 })).toEqual({ objects: expected });
      for (const limit of [1, 2, 5, 12, 13]) {
        const found = [];
        for (let after: string | undefined; ;) {
          const page = await other.list(prefix, { limit, ...(after === undefined ? {} : { after }) });
          expect(page.objects.length).toBeLessThanOrEqual(limit);
          found.push(...page.objects);
          if (page.next === undefined) break;
          after = page.next;
        }
        expect(found).toEqual(expected);
      }
    });

    it('lists what begins with a prefix, also with a part of a name, and goes on behind any name', async () => {
      const prefix = newPrefix();
      for (const name of ['room/1', 'room/10', 'room/2', 'rooms', 'other'])
        await store.put(prefix + name, encode('x'));
      const list = async (begin: string, after?: string) =>
        (
          await store.list(prefix + begin, {
            limit: 10,
            ...(after === undefined ? {} : { after: prefix + after }),
          })
        ).objects.map(({ name }) => name.slice(prefix.length));
      expect(await list('room')).toEqual(['room/1', 'room/10', 'room/2', 'rooms']);
      expect(await list('room/')).toEqual(['room/1', 'room/10', 'room/2']);
      expect(await list('room/1')).toEqual(['room/1', 'room/10']);
      expect(await list('room/', 'room/1')).toEqual(['room/10', 'room/2']);
      expect(await list('room/', 'room/15')).toEqual(['room/2']);
      expect(await list('room/', 'room/9')).toEqual([]);
      expect(await list('Room')).toEqual([]);
      expect(await list('')).toHaveLength(5);
    });

    it('keeps names of any printable characters apart', async () => {
      const prefix = newPrefix();
      const parts = [
        'x',
        'X',
        'x.y',
        '%78',
        'x%2f',
        'x=',
        'x@',
        'x+',
        '..x',
        '...',
        'tab le',
        '"quoted"',
        '日本',
        'x\\y',
      ];
      // 500 bytes in all: many short parts, and one long one.
      const left = 500 - prefix.length;
      parts.push('p/'.repeat((left - 2) / 2) + 'pp', 'L'.repeat(left), 'é'.repeat(Math.floor(left / 2)));
      for (const part of parts) await store.put(prefix + part, encode(part));
      for (const part of parts) expect(decode((await store.get(prefix + part))?.data)).toBe(part);
      const listed = (await store.list(prefix, { limit: 100 })).objects.map(({ name }) =>
        name.slice(prefix.length),
      );
      expect(listed.sort()).toEqual(parts.sort());
    });

    it('refuses names and metadata that it could not keep', async () => {
      const names = [
        '',
        '/',
        '/a',
        'a/',
        'a//b',
        '.',
        '..',
        'a/../b',
        '../../etc/passwd',
        'a\nb',
        'a\0b',
        'a\ud800',
      ];
      for (const name of [...names, 'n'.repeat(501), 'é'.repeat(251)]) {
        await expect(store.put(name, encode('x'))).rejects.toThrow(RangeError);
        await expect(store.get(name)).rejects.toThrow(RangeError);
        await expect(store.delete(name)).rejects.toThrow(RangeError);
      }
      await expect(store.put('name', encode('x'), { metadata: { key: 'v'.repeat(7_998) } })).rejects.toThrow(
        RangeError,
      );
    });

    it('has everything when it is opened again', async () => {
      const name = `${newPrefix()}object`;
      const generation = await store.put(name, encode('kept'), { metadata: { a: 'b' } });
      const again = await place.open();
      expect(await again.get(name)).toMatchObject({ generation, metadata: { a: 'b' } });
      await again.close();
    });
  });
}
