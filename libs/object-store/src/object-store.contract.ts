import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeGenerations } from './generations.contract.ts';
import { describeListing } from './listing.contract.ts';
import type { ObjectStore } from './object-store.ts';
import { encode, range } from './object-texts.fixture.ts';

/** One place that objects are kept in; every `open` of it is what another process would have. */
export interface ObjectStorePlace {
  open(): Promise<ObjectStore>;
  remove(): Promise<void>;
}

/** The same place as two processes have it, and names that are a test's own: they begin with the prefix. */
export interface OpenedPlace {
  store: ObjectStore;
  other: ObjectStore;
  newPrefix: () => string;
}

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
    const newPrefix = () => `${randomUUID()}/`;

    describeGenerations(() => ({ store, other, newPrefix }));
    describeListing(() => ({ store, other, newPrefix }));

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
