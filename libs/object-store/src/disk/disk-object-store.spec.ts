import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeObjectStore } from '../object-store.contract.ts';
import { ABSENT, StoreUnavailableError } from '../object-store.ts';
import { openDiskObjectStore } from './disk-object-store.ts';

describeObjectStore('A local directory', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'studio-object-store-'));
  return {
    open: () => openDiskObjectStore(directory),
    remove: () => rm(directory, { recursive: true }),
  };
});

describe('Disk object store', () => {
  let root: string;
  let count = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'studio-object-store-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  const newPath = () => join(root, String((count += 1)));
  const encode = (text: string) => new TextEncoder().encode(text);
  const filesBelow = async (directory: string) =>
    (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('loses no update of several processes, of which some are killed', async () => {
    const directory = newPath();
    const store = await openDiskObjectStore(directory);
    await store.put('shared/counter', encode('0'), { expect: ABSENT });
    const start = (times: number) =>
      spawn(
        process.execPath,
        [
          '--conditions=@studio/source',
          join(import.meta.dirname, 'count-up.fixture.ts'),
          directory,
          String(times),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
    const workers = [start(30), start(30), start(30)];
    const victims = [start(1_000_000), start(1_000_000)];
    const outputs = [...workers, ...victims].map(async ({ stdout }) => {
      let output = '';
      for await (const chunk of stdout) output += String(chunk);
      return output.split('\n').filter((line) => line !== '');
    });
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    for (const victim of victims) {
      const exited = once(victim, 'exit');
      victim.kill('SIGKILL');
      await exited;
    }
    const counts = (await Promise.all(outputs)).flat().map(Number);
    const final = Number(new TextDecoder().decode((await store.get('shared/counter'))?.data));
    // Each number was acknowledged to one process; a killed one may have written one more than it could tell.
    expect(new Set(counts).size).toBe(counts.length);
    expect(counts.length).toBeGreaterThanOrEqual(90);
    expect(final).toBeGreaterThanOrEqual(Math.max(...counts));
    expect(final - counts.length).toBeLessThanOrEqual(victims.length);
  });

  it('removes unfinished files of dead processes, and leaves those of living ones', async () => {
    const directory = newPath();
    await openDiskObjectStore(directory);
    const unfinished = join(directory, 'unfinished');
    const old = new Date(Date.now() - 2 * 60 * 60 * 1_000);
    await writeFile(join(unfinished, 'old'), '');
    await utimes(join(unfinished, 'old'), old, old);
    await writeFile(join(unfinished, 'new'), '');
    await openDiskObjectStore(directory);
    expect(await readdir(unfinished)).toEqual(['new']);
  });

  it('keeps one file per object, and of a removed one its name alone', async () => {
    const directory = newPath();
    const store = await openDiskObjectStore(directory);
    for (let n = 0; n < 5; n += 1) await store.put('a/b', encode('secret'.repeat(1_000)));
    expect(await filesBelow(directory)).toHaveLength(1);
    await store.delete('a/b');
    const [left, ...others] = await filesBelow(join(directory, 'objects'));
    expect(others).toEqual([]);
    expect((await readFile(join(left?.parentPath ?? '', left?.name ?? ''))).includes('secret')).toBe(false);
  });

  it('forgets also the name of a removed object after a while, and nothing else', async () => {
    const directory = newPath();
    const store = await openDiskObjectStore(directory, { keepRemovedMs: 100 });
    for (const name of ['a/b/c', 'a/b/again', 'a/kept']) await store.put(name, encode('data'));
    await store.delete('a/b/c');
    await store.delete('a/b/again');
    const generation = await store.put('a/b/again', encode('more'), { expect: ABSENT });
    const names = async () =>
      (await readdir(directory, { recursive: true, withFileTypes: true })).map(({ name }) => name);
    expect(await names()).toContain('c@');
    await vi.waitFor(async () => expect(await readdir(join(directory, 'removed'))).toEqual([]), {
      timeout: 5_000,
    });
    expect(await names()).not.toContain('c@');
    expect(await store.get('a/b/again')).toMatchObject({ generation, data: encode('more') });
    await store.delete('a/b/again');
    await vi.waitFor(async () => expect(await names()).not.toContain('b='), { timeout: 5_000 });
    expect((await store.list('', { limit: 10 })).objects.map(({ name }) => name)).toEqual(['a/kept']);
    await store.put('a/b/c', encode('data'), { expect: ABSENT });
    await store.close();
  });

  it('loses no object that is created while its removed name is forgotten', async () => {
    const store = await openDiskObjectStore(newPath(), { keepRemovedMs: 1 });
    const names = Array.from({ length: 8 }, (_, number) => `part-${number % 2}/object-${number}`);
    await Promise.all(
      names.map(async (name) => {
        for (let round = 0; round < 40; round += 1) {
          await store.put(name, encode(String(round)), { expect: ABSENT });
          expect(new TextDecoder().decode((await store.get(name))?.data)).toBe(String(round));
          await store.delete(name);
        }
      }),
    );
    await store.close();
  });

  it('never gives out damaged data', async () => {
    const directory = newPath();
    const store = await openDiskObjectStore(directory);
    await store.put('object', encode('data'), { metadata: { a: 'b' } });
    const [file] = await filesBelow(join(directory, 'objects'));
    const path = join(file?.parentPath ?? '', file?.name ?? '');
    const bytes = await readFile(path);
    for (const damaged of [
      bytes.subarray(0, -1),
      bytes.subarray(0, 20),
      bytes.subarray(0, 2),
      Buffer.alloc(0),
    ]) {
      await writeFile(path, damaged);
      await expect(store.get('object')).rejects.toThrow(StoreUnavailableError);
    }
  });

  it('says in one line when the directory cannot be written', async () => {
    const file = newPath();
    await writeFile(file, '');
    await expect(openDiskObjectStore(join(file, 'store'))).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: expect.stringMatching(/^the object store in .*store cannot be used: ENOTDIR.*$/) as unknown,
    });
  });

  it('lists without reading data: files that lack it are listed all the same', async () => {
    const directory = newPath();
    const store = await openDiskObjectStore(directory);
    for (let n = 0; n < 30; n += 1)
      await store.put(`rooms/${String(n).padStart(3, '0')}`, new Uint8Array(2_000), {
        metadata: { n: String(n) },
      });
    for (const file of await filesBelow(join(directory, 'objects')))
      await truncate(join(file.parentPath, file.name), 200);
    const page = await store.list('rooms/', { limit: 20, after: 'rooms/009' });
    expect(page.objects.map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, index) => `rooms/${String(index + 10).padStart(3, '0')}`),
    );
    expect(page.objects[0]?.metadata).toEqual({ n: '10' });
    expect(page.next).toBeUndefined();
  });
});
