import { createHash, randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import type { Bucket, File } from '@google-cloud/storage';
import { checkMetadata, checkObjectName } from '../object-limits.ts';
import { ABSENT, PreconditionFailedError, StoreUnavailableError } from '../object-store.ts';
import type { ObjectStore, ObjectSummary, StoredObject, WriteOptions } from '../object-store.ts';
import { isNotFound, isPreconditionFailed, isTransient, toUnavailable } from './cloud-error.ts';
import { endWith } from './end-with.ts';
import { tryAgain } from './try-again.ts';

export interface CloudObjectStoreOptions {
  bucket: string;
  /** Where Cloud Storage or an emulator of it is; without it `STORAGE_EMULATOR_HOST` counts, else Google's. */
  apiEndpoint?: string;
  projectId?: string;
  /** How long one try of a request may take, in milliseconds. */
  timeoutMs?: number;
  /** How long an operation may take with all its requests and their repetitions, in milliseconds. */
  totalMs?: number;
}

/** Tells a write of ours whose answer was lost from somebody else's. Part of the metadata in the store, never of what is given out. */
const WRITE_ID = 'studio-write-id';
/** Sends a request until it is answered or the time of the operation is up. */
type Ask = <T>(request: () => Promise<T>) => Promise<T>;

/** Before a request is sent for the second time; in milliseconds. */
const FIRST_WAIT_MS = 100;
/** How often a read begins again because the object was replaced under its hands. */
const READ_TRIES = 25;
/** Objects in one page, by Cloud Storage's own limit. */
const PAGE = 1_000;

/**
 * The engine on Google Cloud Storage, with application default credentials. The bucket must be there.
 * @throws StoreUnavailableError when the bucket cannot be listed
 */
export async function openCloudObjectStore(options: CloudObjectStoreOptions): Promise<CloudObjectStore> {
  const store = new CloudObjectStore(options);
  await store.list('', { limit: 1 });
  return store;
}

export class CloudObjectStore implements ObjectStore {
  readonly #bucket: Bucket;
  readonly #tryMs: number;
  readonly #totalMs: number;

  /** See {@link openCloudObjectStore}. */
  constructor({
    bucket,
    apiEndpoint,
    projectId,
    timeoutMs = 10_000,
    totalMs = 30_000,
  }: CloudObjectStoreOptions) {
    this.#tryMs = timeoutMs;
    this.#totalMs = totalMs;
    const storage = new Storage({
      ...(apiEndpoint === undefined ? {} : { apiEndpoint }),
      ...(projectId === undefined ? {} : { projectId }),
      // The library's retries have no end when nothing answers, because its timeouts are without effect: tryAgain does both.
      retryOptions: { autoRetry: false },
    });
    // The library takes STORAGE_EMULATOR_HOST as it is for most requests, without the path, and whatever the option says.
    storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
    this.#bucket = storage.bucket(bucket);
  }

  async get(name: string): Promise<StoredObject | undefined> {
    checkObjectName(name);
    return this.#do(async (ask) => {
      for (let tries = 0; tries < READ_TRIES; tries += 1) {
        const summary = await this.#summary(ask, name);
        if (summary === undefined) return undefined;
        // This generation and no other, so that data and metadata belong together.
        const data = await this.#download(ask, name, summary.generation);
        if (data !== undefined) return { ...summary, data };
      }
      throw new StoreUnavailableError(`${name} is being replaced all the time`);
    });
  }

  async put(name: string, data: Uint8Array, options: WriteOptions = {}): Promise<string> {
    const { expect, metadata = {} } = options;
    checkObjectName(name);
    checkMetadata(metadata);
    const writeId = randomUUID();
    const save = async (): Promise<string> => {
      const file = this.#bucket.file(name);
      await file.save(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
        resumable: false,
        // The service itself refuses damaged data, whereas this client would look afterwards and remove the object.
        validation: false,
        ...(expect === undefined ? {} : { preconditionOpts: { ifGenerationMatch: toGeneration(expect) } }),
        metadata: {
          contentType: 'application/octet-stream',
          md5Hash: createHash('md5').update(data).digest('base64'),
          metadata: { ...metadata, [WRITE_ID]: writeId },
        },
      });
      return generationOf(file);
    };
    return this.#do(async (ask) => {
      try {
        return await ask(save);
      } catch (error) {
        if (!isPreconditionFailed(error)) throw error;
        // A try before this one may have been done, with its answer lost.
        const now = await this.#metadata(ask, name);
        if (now?.metadata.metadata?.[WRITE_ID] === writeId) return generationOf(now);
        throw new PreconditionFailedError(`${name} is not the generation that was expected`, {
          cause: error,
        });
      }
    });
  }

  async delete(name: string, expect?: string): Promise<void> {
    checkObjectName(name);
    const options =
      expect === undefined ? {} : { preconditionOpts: { ifGenerationMatch: toGeneration(expect) } };
    await this.#do(async (ask) => {
      try {
        await ask(() => this.#bucket.file(name, options).delete({ ignoreNotFound: true }));
      } catch (error) {
        if (!isPreconditionFailed(error)) throw error;
        throw new PreconditionFailedError(`${name} is not the generation that was expected`, {
          cause: error,
        });
      }
    });
  }

  async list(
    prefix: string,
    page: { limit: number; after?: string },
  ): Promise<{ objects: ObjectSummary[]; next?: string }> {
    const { limit, after } = page;
    return this.#do(async (ask) => {
      // One more for the name to begin with, which the service includes, and one to see whether something follows.
      const query = {
        prefix,
        maxResults: Math.min(PAGE, limit + 2),
        autoPaginate: false,
        ...(after === undefined ? {} : { startOffset: after }),
      };
      const [files, , response] = await ask(() => this.#bucket.getFiles(query));
      const found = files.filter(({ name }) => name !== after);
      const objects = found.slice(0, limit).map(toSummary);
      const next = found.length > limit || hasMore(response) ? objects.at(-1)?.name : undefined;
      return { objects, ...(next === undefined ? {} : { next }) };
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #summary(ask: Ask, name: string): Promise<ObjectSummary | undefined> {
    const file = await this.#metadata(ask, name);
    return file === undefined ? undefined : toSummary(file);
  }

  async #metadata(ask: Ask, name: string): Promise<File | undefined> {
    const file = this.#bucket.file(name);
    try {
      await ask(() => file.getMetadata());
      return file;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async #download(ask: Ask, name: string, generation: string): Promise<Uint8Array | undefined> {
    try {
      const [data] = await ask(() => this.#bucket.file(name, { generation }).download());
      return new Uint8Array(data);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** One deadline for the whole operation. */
  async #do<T>(action: (ask: Ask) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#totalMs;
    const patience = { tryMs: this.#tryMs, firstWaitMs: FIRST_WAIT_MS, deadline };
    try {
      return await action((request) => tryAgain((signal) => endWith(signal, request), isTransient, patience));
    } catch (error) {
      if (error instanceof PreconditionFailedError || error instanceof StoreUnavailableError) throw error;
      throw toUnavailable(error);
    }
  }
}

/** Cloud Storage has 0 for an object that must not exist. */
function toGeneration(expect: string): string {
  return expect === ABSENT ? '0' : expect;
}

function generationOf({ metadata }: File): string {
  if (metadata.generation === undefined) throw new Error('Cloud Storage answered without a generation');
  return String(metadata.generation);
}

function toSummary(file: File): ObjectSummary {
  const metadata = Object.entries(file.metadata.metadata ?? {}).filter(([key]) => key !== WRITE_ID);
  return {
    name: file.name,
    generation: generationOf(file),
    metadata: Object.fromEntries(metadata.map(([key, value]) => [key, String(value)])),
  };
}

function hasMore(response: unknown): boolean {
  return typeof response === 'object' && response !== null && 'nextPageToken' in response;
}
