import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HeadMovedError, LogUnavailableError } from '../event-log.ts';
import type { LogEntry } from '../event-log.ts';
import { encodeFrame } from './frame.ts';
import { hasLaterFrame, readFrames } from './read-frames.ts';
import { syncDirectory } from './sync-directory.ts';

/** Data that is written and synced at once, unless one entry alone is more. Bytes. */
const BATCH_BYTES = 256 * 1024;
/** Entries between two places of the file that are remembered. */
const MARK_EVERY = 16;

interface Append {
  readonly key: string;
  readonly data: Uint8Array;
  readonly done: PromiseWithResolvers<number>;
}

/**
 * One log in one file. Entries that are appended while others are being synced are written and synced together. What is not synced yet
 * is seen by nobody.
 */
export class LogFile {
  readonly #path: string;
  #handle: FileHandle | undefined;
  /** The newest entry on disk, and where its frame ends. */
  #head = 0;
  #size = 0;
  /** Places of some frames, in order, to begin reading from. */
  readonly #marks: { readonly seq: number; readonly offset: number }[] = [];
  /** Appends that are not on disk, in order. */
  #queue: Append[] = [];
  #writing: Promise<void> | undefined;
  /** After a failed sync nobody knows what is on disk: nothing more is done with this file. */
  #broken: LogUnavailableError | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Reads the whole file once, and cuts what a crash left behind at its end. A missing file is an empty log. @throws LogUnavailableError */
  static async open(path: string): Promise<LogFile> {
    const log = new LogFile(path);
    try {
      log.#handle = await openExisting(path);
      if (log.#handle !== undefined) await log.#load(log.#handle);
      return log;
    } catch (error) {
      await log.close();
      throw unavailable(path, error);
    }
  }

  get head(): number {
    return this.#head;
  }

  /** Why nothing can be done with this log any more: a sync has failed. */
  get broken(): LogUnavailableError | undefined {
    return this.#broken;
  }

  async append(expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    if (this.#broken !== undefined) throw this.#broken;
    if (expectedHead !== this.#head + this.#queue.length) {
      // Told when the entries in front can be read.
      await this.#writing;
      throw new HeadMovedError(this.#head);
    }
    const done = Promise.withResolvers<number>();
    this.#queue.push({ key, data, done });
    this.#writing ??= this.#write();
    return done.promise;
  }

  async read(after: number, limit: number): Promise<LogEntry[]> {
    if (this.#broken !== undefined) throw this.#broken;
    const end = Math.min(this.#head, after + limit);
    if (this.#handle === undefined || after >= end) return [];
    try {
      return await this.#readEntries(this.#handle, after, end);
    } catch (error) {
      throw unavailable(this.#path, error);
    }
  }

  /** To be called when no append and no read is going on. */
  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #load(handle: FileHandle): Promise<void> {
    const { size } = await handle.stat();
    for await (const frame of readFrames(handle, 0, size)) {
      if (frame.firstSeq !== this.#head + 1) break;
      this.#grow(frame.entries.length, frame.size);
    }
    if (this.#size === size) return;
    // Frames are written one after the other: if a good one follows, it was no crash that made this one bad.
    if (await hasLaterFrame(handle, this.#size, size, this.#head))
      throw new Error(
        `damaged at byte ${this.#size}, behind entry ${this.#head}, with good entries after it`,
      );
    await handle.truncate(this.#size);
    await handle.datasync();
  }

  async #readEntries(handle: FileHandle, after: number, end: number): Promise<LogEntry[]> {
    const start = this.#marks.findLast(({ seq }) => seq <= after + 1)?.offset ?? 0;
    const entries: LogEntry[] = [];
    for await (const frame of readFrames(handle, start, this.#size)) {
      for (const { seq, key, data } of frame.entries) {
        // A copy, so that a small entry does not keep the whole piece of the file in memory.
        if (seq > after && seq <= end) entries.push({ seq, key, data: new Uint8Array(data) });
      }
      if (entries.length === end - after) return entries;
    }
    throw new Error(`damaged behind entry ${after + entries.length}`);
  }

  /** Writes batches until the queue is empty. */
  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#writeBatch(batch);
      } catch (error) {
        // What is queued behind expected this batch to be there.
        const problem = unavailable(this.#path, error);
        for (const { done } of this.#queue.splice(0)) done.reject(problem);
        continue;
      }
      this.#queue.splice(0, batch.length);
      for (const [index, { done }] of batch.entries()) done.resolve(this.#head - batch.length + 1 + index);
    }
    this.#writing = undefined;
  }

  #nextBatch(): Append[] {
    let bytes = 0;
    const tooMany = this.#queue.findIndex(({ data }, index) => {
      bytes += data.byteLength;
      return index > 0 && bytes > BATCH_BYTES;
    });
    return tooMany === -1 ? [...this.#queue] : this.#queue.slice(0, tooMany);
  }

  async #writeBatch(batch: readonly Append[]): Promise<void> {
    const created = this.#handle === undefined;
    this.#handle ??= await open(this.#path, 'w+');
    const frame = encodeFrame(this.#head + 1, batch);
    try {
      await writeFully(this.#handle, frame, this.#size);
    } catch (error) {
      await this.#undo(this.#handle, error);
      throw error;
    }
    try {
      await this.#handle.datasync();
      if (created) await syncDirectory(dirname(this.#path));
    } catch (error) {
      this.#broken = unavailable(this.#path, error);
      throw error;
    }
    this.#grow(batch.length, frame.byteLength);
  }

  /** Takes back what was written of a frame, for example when the disk is full. */
  async #undo(handle: FileHandle, cause: unknown): Promise<void> {
    try {
      await handle.truncate(this.#size);
    } catch (error) {
      this.#broken = unavailable(this.#path, new AggregateError([cause, error], 'half an entry was written'));
    }
  }

  #grow(entries: number, bytes: number): void {
    const marked = this.#marks.at(-1)?.seq ?? -MARK_EVERY;
    if (this.#head + 1 >= marked + MARK_EVERY) this.#marks.push({ seq: this.#head + 1, offset: this.#size });
    this.#head += entries;
    this.#size += bytes;
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeFully(handle: FileHandle, data: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < data.byteLength) {
    const { bytesWritten } = await handle.write(data, written, data.byteLength - written, position + written);
    written += bytesWritten;
  }
}

function unavailable(path: string, error: unknown): LogUnavailableError {
  const why = error instanceof Error ? error.message : String(error);
  return new LogUnavailableError(`${path}: ${why}`, { cause: error });
}
