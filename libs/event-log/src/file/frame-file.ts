import { open, rm, type FileHandle } from 'node:fs/promises';
import type { LogEntry } from '../event-log.ts';
import { encodeFrame, sizeInFrame } from './frame.ts';
import { hasLaterFrame, readFrames } from './read-frames.ts';

/** Entries between two places of the file that are remembered. */
const MARK_EVERY = 16;
/** What is copied in one frame, unless one entry alone is more. Bytes. */
const COPY_BYTES = 64 * 1024;

/** The entries of one file: which ones they are, and where their frames lie. */
export class FrameFile {
  readonly #handle: FileHandle;
  #first = 0;
  /** The newest entry, and where its frame ends. */
  #head = 0;
  #size = 0;
  /** Places of some frames, in order, to begin reading from. */
  readonly #marks: { readonly seq: number; readonly offset: number }[] = [];
  readonly #reads = new Set<Promise<unknown>>();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<FrameFile> {
    return new FrameFile(await open(path, 'w+'));
  }

  /** Reads the whole file once, and cuts what a crash left behind at its end. Resolves undefined when there is none. */
  static async open(path: string): Promise<FrameFile | undefined> {
    const handle = await openExisting(path);
    if (handle === undefined) return undefined;
    const file = new FrameFile(handle);
    try {
      await file.#load();
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The oldest entry, 0 when there is none. */
  get first(): number {
    return this.#first;
  }

  /** The newest entry, 0 when there is none. */
  get head(): number {
    return this.#head;
  }

  /** Entries after `after`, at most `limit`. @throws Error when the file is damaged; what the file system says */
  async read(after: number, limit: number): Promise<LogEntry[]> {
    const start = Math.max(after, this.#first - 1);
    const end = Math.min(this.#head, start + limit);
    if (start >= end) return [];
    const reading = this.#readEntries(start, end);
    this.#reads.add(reading);
    try {
      return await reading;
    } finally {
      this.#reads.delete(reading);
    }
  }

  /** Writes a frame behind the last one; until it is taken into account by `grow` nobody reads it. */
  async write(frame: Buffer): Promise<void> {
    let written = 0;
    while (written < frame.byteLength) {
      const left = frame.byteLength - written;
      const { bytesWritten } = await this.#handle.write(frame, written, left, this.#size + written);
      written += bytesWritten;
    }
  }

  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  /** Takes back what was written and is not taken into account. */
  async undo(): Promise<void> {
    await this.#handle.truncate(this.#size);
  }

  /** A frame was written: this many entries from `firstSeq` on. */
  grow(firstSeq: number, entries: number, bytes: number): void {
    if (this.#head === 0) this.#first = firstSeq;
    const marked = this.#marks.at(-1)?.seq ?? -MARK_EVERY;
    if (firstSeq >= marked + MARK_EVERY) this.#marks.push({ seq: firstSeq, offset: this.#size });
    this.#head = firstSeq + entries - 1;
    this.#size += bytes;
  }

  /** Writes the entries from `first` on to another file, and syncs that. If it fails there is no other file. */
  async copyFrom(first: number, path: string): Promise<FrameFile> {
    const copy = await FrameFile.create(path);
    try {
      let entries: LogEntry[] = [];
      let bytes = 0;
      for await (const frame of readFrames(this.#handle, this.#placeOf(first), this.#size)) {
        for (const entry of frame.entries) {
          if (entry.seq < first) continue;
          bytes += sizeInFrame(entry);
          if (entries.length > 0 && bytes > COPY_BYTES) {
            await copy.#add(entries);
            [entries, bytes] = [[], sizeInFrame(entry)];
          }
          entries.push(entry);
        }
      }
      await copy.#add(entries);
      if (copy.#first !== first || copy.#head !== this.#head)
        throw new Error(`damaged: entries ${first} to ${this.#head} cannot be read`);
      await copy.sync();
      return copy;
    } catch (error) {
      await copy.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Waits for the reads that are going on. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#reads);
    await this.#handle.close();
  }

  async #load(): Promise<void> {
    const { size } = await this.#handle.stat();
    for await (const { firstSeq, entries, size: bytes } of readFrames(this.#handle, 0, size)) {
      // The entries before the first frame may have been dropped.
      if (this.#head > 0 && firstSeq !== this.#head + 1) break;
      this.grow(firstSeq, entries.length, bytes);
    }
    if (this.#size === size) return;
    // Frames are written one after the other: if a good one follows, it was no crash that made this one bad.
    if (await hasLaterFrame(this.#handle, this.#size, size, this.#head))
      throw new Error(
        `damaged at byte ${this.#size}, behind entry ${this.#head}, with good entries after it`,
      );
    await this.undo();
    await this.sync();
  }

  async #readEntries(start: number, end: number): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for await (const frame of readFrames(this.#handle, this.#placeOf(start + 1), this.#size)) {
      for (const { seq, key, data } of frame.entries) {
        // A copy, so that a small entry does not keep the whole piece of the file in memory.
        if (seq > start && seq <= end) entries.push({ seq, key, data: new Uint8Array(data) });
      }
      if (entries.length === end - start) return entries;
    }
    throw new Error(`damaged behind entry ${start + entries.length}`);
  }

  /** Where to begin to read in order to find an entry. */
  #placeOf(wanted: number): number {
    return this.#marks.findLast(({ seq }) => seq <= wanted)?.offset ?? 0;
  }

  async #add(entries: readonly LogEntry[]): Promise<void> {
    const firstSeq = entries[0]?.seq ?? 0;
    const frame = encodeFrame(firstSeq, entries);
    await this.write(frame);
    this.grow(firstSeq, entries.length, frame.byteLength);
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
