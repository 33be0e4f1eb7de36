import { randomUUID } from 'node:crypto';
import { rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkMetadata, checkObjectName } from '../object-limits.ts';
import { ABSENT, PreconditionFailedError, StoreUnavailableError } from '../object-store.ts';
import type { ObjectStore, ObjectSummary, StoredObject, WriteOptions } from '../object-store.ts';
import { placeBehind } from './compare-names.ts';
import { makeDirectory, writeDurably } from './durable-files.ts';
import { unlessMissing } from './file-errors.ts';
import { Generations } from './generations.ts';
import { listNames } from './list-names.ts';
import { encodeObjectFile, readHeader, readObject } from './object-file.ts';
import { objectPath } from './object-path.ts';
import { RemovedObjects } from './removed-objects.ts';

/** Milliseconds: an hour. */
const KEEP_REMOVED_MS = 60 * 60 * 1_000;

export interface DiskObjectStoreOptions {
  /** How long the generations of a removed object are not given out again, in milliseconds; that long its name is kept. */
  keepRemovedMs?: number;
}

/**
 * The engine on a local directory, which any number of processes may use at the same time. A write is synced before it resolves.
 * Of a removed object its name stays behind for an hour, in a file of some bytes.
 * @throws StoreUnavailableError when the directory cannot be written
 */
export async function openDiskObjectStore(
  directory: string,
  options: DiskObjectStoreOptions = {},
): Promise<DiskObjectStore> {
  const store = new DiskObjectStore(directory, options);
  await store.prepare();
  return store;
}

export class DiskObjectStore implements ObjectStore {
  readonly #directory: string;
  readonly #objects: string;
  readonly #unfinished: string;
  readonly #removed: RemovedObjects;

  /** See {@link openDiskObjectStore}. */
  constructor(directory: string, { keepRemovedMs = KEEP_REMOVED_MS }: DiskObjectStoreOptions = {}) {
    this.#directory = directory;
    this.#objects = join(directory, 'objects');
    this.#unfinished = join(directory, 'unfinished');
    const places = {
      objects: this.#objects,
      unfinished: this.#unfinished,
      removed: join(directory, 'removed'),
    };
    this.#removed = new RemovedObjects(places, keepRemovedMs);
  }

  /** Creates the directories, finds out whether they can be written, and removes what is left behind, now and from time to time. */
  async prepare(): Promise<void> {
    await this.#do(async () => {
      await makeDirectory(this.#objects);
      await makeDirectory(this.#unfinished);
      await makeDirectory(this.#removed.directory);
      const probe = this.#newPath();
      await writeDurably(probe, new Uint8Array());
      await unlink(probe);
      await this.#removed.start();
    });
  }

  async get(name: string): Promise<StoredObject | undefined> {
    checkObjectName(name);
    return this.#do(async () => {
      const newest = await this.#generations(name).readNewest(readObject);
      if (newest === undefined || newest.content.header.removed) return undefined;
      const { header, data } = newest.content;
      return { name, data, generation: String(newest.number), metadata: header.metadata };
    });
  }

  async put(name: string, data: Uint8Array, options: WriteOptions = {}): Promise<string> {
    const { expect, metadata = {} } = options;
    checkObjectName(name);
    checkMetadata(metadata);
    const file = encodeObjectFile({ name, metadata, removed: false }, data);
    return this.#do(async () => {
      const number = await this.#replace(name, file, (newest) => {
        checkExpected(name, expect, newest);
        return true;
      });
      return String(number);
    });
  }

  async delete(name: string, expect?: string): Promise<void> {
    checkObjectName(name);
    const file = encodeObjectFile({ name, metadata: {}, removed: true }, new Uint8Array());
    await this.#do(async () => {
      await this.#replace(
        name,
        file,
        (newest) => {
          if (newest === undefined) return false;
          checkExpected(name, expect, newest);
          return true;
        },
        (path) => rename(path, join(this.#removed.directory, basename(path))),
      );
    });
  }

  async list(
    prefix: string,
    page: { limit: number; after?: string },
  ): Promise<{ objects: ObjectSummary[]; next?: string }> {
    return this.#do(async () => {
      const { limit, after } = page;
      const names = await listNames(this.#objects, prefix);
      const objects: ObjectSummary[] = [];
      // Names of removed objects are among them: one more than asked for tells whether something follows.
      for (let at = placeBehind(names, after ?? ''); at < names.length && objects.length <= limit;) {
        const some = names.slice(at, at + limit + 1 - objects.length);
        at += some.length;
        for (const found of await Promise.all(some.map((name) => this.#summary(name))))
          if (found !== undefined) objects.push(found);
      }
      const shown = objects.slice(0, limit);
      const next = objects.length > limit ? shown.at(-1)?.name : undefined;
      return { objects: shown, ...(next === undefined ? {} : { next }) };
    });
  }

  close(): Promise<void> {
    return this.#removed.stop();
  }

  async #summary(name: string): Promise<ObjectSummary | undefined> {
    const newest = await this.#generations(name).readNewest(readHeader);
    if (newest === undefined || newest.content.removed) return undefined;
    return { name, generation: String(newest.number), metadata: newest.content.metadata };
  }

  /**
   * Makes `file` the next generation if `wanted` agrees with the one that is there, which is undefined when there is no object.
   * Resolves its number; 0 when it was not wanted. `finished` gets the file that is one with the generation.
   */
  async #replace(
    name: string,
    file: Buffer,
    wanted: (newest: string | undefined) => boolean,
    finished: (path: string) => Promise<void> = unlink,
  ): Promise<number> {
    const generations = this.#generations(name);
    let path: string | undefined;
    try {
      for (;;) {
        const newest = await generations.readNewest(readHeader);
        const there = newest === undefined || newest.content.removed ? undefined : String(newest.number);
        if (!wanted(there)) return 0;
        if (path === undefined) {
          path = this.#newPath();
          await writeDurably(path, file);
        }
        const number = (newest?.number ?? 0) + 1;
        if (!(await generations.add(number, path))) continue;
        await generations.removeBefore(number);
        await finished(path);
        return number;
      }
    } finally {
      if (path !== undefined) await unlessMissing(unlink(path));
    }
  }

  #generations(name: string): Generations {
    return new Generations(join(this.#objects, objectPath(name)));
  }

  #newPath(): string {
    return join(this.#unfinished, randomUUID());
  }

  async #do<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof PreconditionFailedError || error instanceof StoreUnavailableError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreUnavailableError(`the object store in ${this.#directory} cannot be used: ${why}`, {
        cause: error,
      });
    }
  }
}

function checkExpected(name: string, expect: string | undefined, newest: string | undefined): void {
  if (expect === undefined || expect === (newest ?? ABSENT)) return;
  throw new PreconditionFailedError(`${name} is not the generation that was expected`);
}
