import { randomUUID } from 'node:crypto';
import { startObjectStoreServer, type ObjectStoreServer } from '@studio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeObjectStore } from '../object-store.contract.ts';
import { ABSENT, PreconditionFailedError, StoreUnavailableError } from '../object-store.ts';
import { openCloudObjectStore, type CloudObjectStore } from './cloud-object-store.ts';
import { StorageProxy, type Fault } from './storage-proxy.fixture.ts';

/** The emulator may have to be built first. Milliseconds. */
const START_MS = 20 * 60_000;

interface Place {
  readonly server: ObjectStoreServer;
  readonly proxy: StorageProxy;
  readonly options: { bucket: string; apiEndpoint: string; projectId: string };
  remove(): Promise<void>;
}

async function createPlace(): Promise<Place> {
  const server = await startObjectStoreServer();
  const bucket = `studio-${randomUUID()}`;
  const created = await fetch(`${server.url}/storage/v1/b?project=test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
  });
  expect(created.status).toBe(200);
  const proxy = new StorageProxy(server.url);
  const apiEndpoint = await proxy.listen();
  return {
    server,
    proxy,
    options: { bucket, apiEndpoint, projectId: 'test' },
    async remove() {
      await proxy.close();
      await server.stop();
    },
  };
}

describeObjectStore('Cloud Storage', async () => {
  const place = await createPlace();
  return { open: () => openCloudObjectStore(place.options), remove: () => place.remove() };
});

describe('Cloud Storage in trouble', () => {
  let place: Place;
  let store: CloudObjectStore;
  beforeAll(async () => {
    place = await createPlace();
    store = await openCloudObjectStore({ ...place.options, timeoutMs: 500, totalMs: 4_000 });
  }, START_MS);
  afterAll(() => place.remove());
  const encode = (text: string) => new TextEncoder().encode(text);

  it.each<Fault>([429, 503, 'hang', 'cut', 'lost', 'torn'])(
    'writes once though the first try meets %s',
    async (fault) => {
      const name = randomUUID();
      place.proxy.fail('POST', fault);
      const generation = await store.put(name, encode('kept'), { expect: ABSENT, metadata: { a: 'b' } });
      expect(place.proxy.left).toBe(0);
      expect(await store.get(name)).toEqual({ name, data: encode('kept'), generation, metadata: { a: 'b' } });
    },
  );

  it.each<Fault>([503, 'hang', 'lost', 'torn'])(
    'replaces once though the first try meets %s',
    async (fault) => {
      const name = randomUUID();
      const before = await store.put(name, encode('before'));
      place.proxy.fail('POST', fault);
      const generation = await store.put(name, encode('after'), { expect: before });
      expect(place.proxy.left).toBe(0);
      expect(await store.get(name)).toMatchObject({ data: encode('after'), generation });
    },
  );

  it('writes whole, though the upload is broken off in the middle again and again', async () => {
    const name = randomUUID();
    const data = new Uint8Array(3_000_000).map((_, at) => (at * 7) & 255);
    place.proxy.fail('POST', 'broken', 'broken', 'broken');
    const generation = await store.put(name, data, { expect: ABSENT });
    expect(place.proxy.left).toBe(0);
    const kept = await store.get(name);
    expect(kept?.generation).toBe(generation);
    expect(Buffer.compare(kept?.data ?? new Uint8Array(), data)).toBe(0);
  });

  it('leaves nothing of an upload that is never finished', async () => {
    const name = randomUUID();
    place.proxy.outage = 'broken';
    await expect(store.put(name, new Uint8Array(3_000_000))).rejects.toThrow(StoreUnavailableError);
    place.proxy.outage = undefined;
    expect(await store.get(name)).toBeUndefined();
    expect((await store.list(name, { limit: 5 })).objects).toEqual([]);
  });

  it.each<Fault>([429, 503, 'hang', 'cut', 'lost', 'torn'])(
    'reads and lists though tries meet %s',
    async (fault) => {
      const name = randomUUID();
      const generation = await store.put(name, encode('kept'));
      place.proxy.fail('GET', fault);
      expect(await store.get(name)).toMatchObject({ generation, data: encode('kept') });
      expect(place.proxy.left).toBe(0);
      place.proxy.fail('GET', fault);
      expect((await store.list(name, { limit: 5 })).objects).toHaveLength(1);
      expect(place.proxy.left).toBe(0);
    },
  );

  it.each<Fault>([503, 'cut', 'lost'])('removes though the first try meets %s', async (fault) => {
    const name = randomUUID();
    const generation = await store.put(name, encode('x'));
    place.proxy.fail('DELETE', fault);
    await store.delete(name, generation);
    expect(place.proxy.left).toBe(0);
    expect(await store.get(name)).toBeUndefined();
  });

  it('reads data whole when the answer is cut off in the middle of it', async () => {
    const name = randomUUID();
    const data = new Uint8Array(300_000).map((_, at) => at & 255);
    await store.put(name, data);
    // The first request is for the metadata.
    place.proxy.fail('GET', 503, 'torn', 'torn');
    expect(Buffer.compare((await store.get(name))?.data ?? new Uint8Array(), data)).toBe(0);
  });

  it('tells a lost answer from the write of another', async () => {
    const name = randomUUID();
    await store.put(name, encode('theirs'));
    place.proxy.fail('POST', 503);
    await expect(store.put(name, encode('ours'), { expect: ABSENT })).rejects.toThrow(
      PreconditionFailedError,
    );
  });

  it.each<Fault>([429, 503, 'hang', 'cut'])(
    'gives up in time while all requests meet %s, leaves no connection behind, and goes on afterwards',
    async (fault) => {
      const impatient = await openCloudObjectStore({ ...place.options, timeoutMs: 300, totalMs: 1_000 });
      const name = randomUUID();
      const generation = await impatient.put(name, encode('before'));
      place.proxy.outage = fault;
      const started = performance.now();
      const operations = Array.from({ length: 5 }, () => [
        impatient.put(name, encode('during'), { expect: generation }),
        impatient.get(name),
        impatient.list(name, { limit: 5 }),
        impatient.delete(randomUUID()),
      ]).flat();
      for (const outcome of await Promise.allSettled(operations))
        expect(outcome).toMatchObject({
          status: 'rejected',
          reason: expect.any(StoreUnavailableError) as unknown,
        });
      expect(performance.now() - started).toBeLessThan(3_000);
      // Those that wait for requests to come stay, those of requests that were given up do not.
      if (fault === 'hang') await expect.poll(() => place.proxy.connections()).toBe(0);
      place.proxy.outage = undefined;
      expect(await impatient.get(name)).toMatchObject({ data: encode('before'), generation });
      await impatient.put(name, encode('after'), { expect: generation });
      expect((await impatient.list(name, { limit: 5 })).objects).toHaveLength(1);
      await impatient.delete(name);
      expect(await impatient.get(name)).toBeUndefined();
    },
  );

  it('says so when the bucket is not there, or nobody answers', async () => {
    await expect(openCloudObjectStore({ ...place.options, bucket: 'none' })).rejects.toThrow(
      StoreUnavailableError,
    );
    await expect(
      openCloudObjectStore({ ...place.options, apiEndpoint: 'http://127.0.0.1:1', totalMs: 1_000 }),
    ).rejects.toThrow(StoreUnavailableError);
  });
});
