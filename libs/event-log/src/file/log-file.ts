import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HeadMovedError, LogUnavailableError } from '../event-log.ts';
import type { LogEntry } from '../event-log.ts';
import { encodeFrame, sizeInFrame } from './frame.ts';
import { FrameFile } from './frame-file.ts';
import { syncDirectory } from './sync-directory.ts';

/** What is written and synced at once, unless one entry alone is more. Bytes. */
const BATCH_BYTES = 256 * 1024;
/** What is behind the name of the file to which a log's kept entries are copied. One that a crash left is of no use. */
export const COPY = '.copy';

interface Append {
  readonly key: string;
  readonly data: Uint8Array;
  readonly done: PromiseWithResolvers<number>;
}

interface Trim {
  readonly before: number;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * One log in one file. Entries that are appended while others are being synced are written and synced together. What is not synced yet
 * is seen by nobody.
 */
export class LogFile {
  readonly #path: string;
  #file: FrameFile | undefined;
  /** Appends that are not on disk, in order. */
  #queue: Append[] = [];
  readonly #trims: Trim[] = [];
  #writing: Promise<void> | undefined;
  /** After a failed sync nobody knows what is on disk: nothing more is done with this file. */
  #broken: LogUnavailableError | undefined;

  private constructor(path: string, file: FrameFile | undefined) {
    this.#path = path;
    this.#file = file;
  }

  /** A missing file is an empty log. @throws LogUnavailableError */
  static async open(path: string): Promise<LogFile> {
    try {
      return new LogFile(path, await FrameFile.open(path));
    } catch (error) {
      throw unavailable(path, error);
    }
  }

  get first(): number {
    return this.#file?.first ?? 0;
  }

  get head(): number {
    return this.#file?.head ?? 0;
  }

  /** Why nothing can be done with this log any more: a sync has failed. */
  get broken(): LogUnavailableError | undefined {
    return this.#broken;
  }

  async append(expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    if (this.#broken !== undefined) throw this.#broken;
    if (expectedHead !== this.head + this.#queue.length) {
      // Told when the entries in front can be read.
      await this.#writing;
      throw new HeadMovedError(this.head);
    }
    const done = Promise.withResolvers<number>();
    this.#queue.push({ key, data, done });
    this.#writing ??= this.#write();
    return done.promise;
  }

  async read(after: number, limit: number): Promise<LogEntry[]> {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      return (await this.#file?.read(after, limit)) ?? [];
    } catch (error) {
      throw unavailable(this.#path, error);
    }
  }

  /** Drops what is older than `before`, but not the newest entry. */
  async trim(before: number): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    const done: Trim['done'] = Promise.withResolvers();
    this.#trims.push({ before, done });
    this.#writing ??= this.#write();
    await done.promise;
  }

  /** To be called when no append and no read is going on. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  /** Writes batches until the queue is empty; trims between two of them, when everything that is written is known. */
  async #write(): Promise<void> {
    while (this.#queue.length + this.#trims.length > 0) {
      if (this.#trims.length > 0) await this.#trimNow();
      const batch = this.#nextBatch();
      try {
        if (batch.length > 0) await this.#writeBatch(batch);
      } catch (error) {
        // What is queued behind expected this batch to be there.
        const problem = unavailable(this.#path, error);
        for (const { done } of this.#queue.splice(0)) done.reject(problem);
        continue;
      }
      this.#queue.splice(0, batch.length);
      for (const [index, { done }] of batch.entries()) done.resolve(this.head - batch.length + 1 + index);
    }
    this.#writing = undefined;
  }

  #nextBatch(): Append[] {
    let bytes = 0;
    const tooMany = this.#queue.findIndex((entry, index) => {
      bytes += sizeInFrame(entry);
      return index > 0 && bytes > BATCH_BYTES;
    });
    return tooMany === -1 ? [...this.#queue] : this.#queue.slice(0, tooMany);
  }

  async #writeBatch(batch: readonly Append[]): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    this.#file ??= await FrameFile.create(this.#path);
    const file = this.#file;
    const frame = encodeFrame(file.head + 1, batch);
    try {
      await file.write(frame);
    } catch (error) {
      await this.#undo(file, error);
      throw error;
    }
    try {
      await file.sync();
      if (file.head === 0) await syncDirectory(dirname(this.#path));
    } catch (error) {
      this.#broken = unavailable(this.#path, error);
      throw error;
    }
    file.grow(file.head + 1, batch.length, frame.byteLength);
  }

  /** Takes back what was written of a frame, for example when the disk is full. */
  async #undo(file: FrameFile, cause: unknown): Promise<void> {
    try {
      await file.undo();
    } catch (error) {
      this.#broken = unavailable(this.#path, new AggregateError([cause, error], 'half an entry was written'));
    }
  }

  async #trimNow(): Promise<void> {
    const trims = this.#trims.splice(0);
    const first = Math.min(this.head, Math.max(0, ...trims.map(({ before }) => before)));
    try {
      if (first > this.first) await this.#dropBefore(first);
      for (const { done } of trims) done.resolve();
    } catch (error) {
      const problem = unavailable(this.#path, error);
      for (const { done } of trims) done.reject(problem);
    }
  }

  /** The copy takes the file's place in one step: a crash leaves the one or the other. */
  async #dropBefore(first: number): Promise<void> {
    const old = this.#file;
    if (old === undefined) return;
    const copyPath = this.#path + COPY;
    const copy = await old.copyFrom(first, copyPath);
    try {
      await rename(copyPath, this.#path);
    } catch (error) {
      await copy.close();
      await rm(copyPath, { force: true });
      throw error;
    }
    this.#file = copy;
    try {
      await syncDirectory(dirname(this.#path));
    } catch (error) {
      // After a crash the old file might be there, without what is appended to this one.
      this.#broken = unavailable(this.#path, error);
      throw error;
    } finally {
      await old.close();
    }
  }
}

function unavailable(path: string, error: unknown): LogUnavailableError {
  if (error instanceof LogUnavailableError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new LogUnavailableError(`${path}: ${why}`, { cause: error });
}
