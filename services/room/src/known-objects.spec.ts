import { PreconditionFailedError, StoreUnavailableError } from '@studio/object-store';
import type { ObjectStore, StoredObject } from '@studio/object-store';
import { beforeEach, expect, it, vi } from 'vitest';
import { KnownObjects } from './known-objects.ts';

const MINUTE_MS = 60_000;
let now: number;
let away: boolean;
let stored: Map<string, StoredObject>;
let get: ReturnType<typeof vi.fn<ObjectStore['get']>>;
let objects: KnownObjects;

function object(name: string, text: string): StoredObject {
  return { name, data: new TextEncoder().encode(text), generation: text, metadata: {} };
}

beforeEach(() => {
  now = 0;
  away = false;
  stored = new Map([['rooms/a.json', object('rooms/a.json', 'first')]]);
  const reach = <T>(value: T): Promise<T> =>
    away ? Promise.reject(new StoreUnavailableError('away')) : Promise.resolve(value);
  get = vi.fn<ObjectStore['get']>((name) => reach(stored.get(name)));
  const store: ObjectStore = {
    get,
    put: async (name, data, { expect } = {}) => {
      const generation = await reach(new TextDecoder().decode(data));
      if (expect !== undefined && stored.get(name)?.generation !== expect)
        throw new PreconditionFailedError('another one is there');
      stored.set(name, { name, data, generation, metadata: {} });
      return generation;
    },
    delete: async (name) => {
      await reach(undefined);
      stored.delete(name);
    },
    list: () => reach({ objects: [] }),
    close: () => Promise.resolve(),
  };
  objects = new KnownObjects(store, () => now);
});

it('answers from the store as long as it is there', async () => {
  expect((await objects.get('rooms/a.json'))?.generation).toBe('first');
  await objects.put('rooms/a.json', new TextEncoder().encode('second'));
  expect((await objects.get('rooms/a.json'))?.generation).toBe('second');
  expect(await objects.get('rooms/none.json')).toBeUndefined();
  expect(get).toHaveBeenCalledTimes(3);
});

it('answers what was read or written last while the store is away, which it asks every five seconds', async () => {
  await objects.put('members/a/b.json', new TextEncoder().encode('member'));
  away = true;
  for (let second = 0; second < 10; second++) {
    now = second * 1_000;
    expect((await objects.get('members/a/b.json'))?.generation).toBe('member');
  }
  expect(get).toHaveBeenCalledTimes(2);
});

it('asks for what another process has written as soon as a write shows that, also when the store was away a moment ago', async () => {
  await objects.get('rooms/a.json');
  away = true;
  expect((await objects.get('rooms/a.json'))?.generation).toBe('first');
  away = false;
  stored.set('rooms/a.json', object('rooms/a.json', 'second'));
  const change = { expect: 'first' };
  await expect(objects.put('rooms/a.json', new TextEncoder().encode('third'), change)).rejects.toThrow();
  expect((await objects.get('rooms/a.json'))?.generation).toBe('second');
});

it('does not know what it has not read, has deleted, or has read long ago', async () => {
  await objects.put('people/a/b.json', new Uint8Array());
  await objects.delete('people/a/b.json');
  await objects.get('rooms/a.json');
  away = true;
  await expect(objects.get('people/a/b.json')).rejects.toThrow(StoreUnavailableError);
  await expect(objects.get('rooms/never.json')).rejects.toThrow(StoreUnavailableError);
  await expect(objects.put('rooms/a.json', new Uint8Array())).rejects.toThrow(StoreUnavailableError);
  now = 9 * MINUTE_MS;
  expect((await objects.get('rooms/a.json'))?.generation).toBe('first');
  now = 10 * MINUTE_MS;
  await expect(objects.get('rooms/a.json')).rejects.toThrow(StoreUnavailableError);
});

it('knows nothing of what is not about rooms and people', async () => {
  await objects.put('archive/a/1-2.ndjson', new Uint8Array());
  away = true;
  await expect(objects.get('archive/a/1-2.ndjson')).rejects.toThrow(StoreUnavailableError);
});

it('does not wait for a store that does not answer', async () => {
  await objects.get('rooms/a.json');
  const never = Promise.withResolvers<StoredObject | undefined>();
  get.mockReturnValue(never.promise);
  expect((await objects.get('rooms/a.json'))?.generation).toBe('first');
  await expect(objects.get('rooms/never.json')).rejects.toThrow(StoreUnavailableError);
});

it('refuses at once what it does not know when the store was away a moment ago, and asks again after that', async () => {
  away = true;
  await expect(objects.get('rooms/a.json')).rejects.toThrow(StoreUnavailableError);
  now = 999;
  away = false;
  await expect(objects.get('rooms/a.json')).rejects.toThrow('a moment ago');
  expect(get).toHaveBeenCalledTimes(1);
  now = 1_000;
  expect((await objects.get('rooms/a.json'))?.generation).toBe('first');
});
