import { open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnavailableError } from '../object-store.ts';
import { unlessMissing } from './file-errors.ts';
import { Generations } from './generations.ts';
import { readHeader } from './object-file.ts';
import type { ObjectHeader } from './object-file.ts';
import { objectPath } from './object-path.ts';

/** An unfinished file that is older was left behind by a process that died. Milliseconds. */
const ABANDONED_MS = 60 * 60 * 1_000;

/**
 * Removed objects, of which it is known for a while that they were there. Their last generations are linked in a directory of their own, so
 * that they are found without looking through all objects.
 */
export class RemovedObjects {
  /** Where the last generations of removed objects are to be linked. */
  readonly directory: string;
  readonly #objects: string;
  readonly #unfinished: string;
  readonly #keepMs: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  /** `unfinished`: where a process that died may have left them, with other files that nobody finishes any more. */
  constructor(places: { objects: string; removed: string; unfinished: string }, keepMs: number) {
    this.directory = places.removed;
    this.#objects = places.objects;
    this.#unfinished = places.unfinished;
    this.#keepMs = keepMs;
  }

  /** Forgets those that are old enough, now and from time to time. */
  async start(): Promise<void> {
    await this.#forgetOld();
    this.#timer = setInterval(() => {
      this.#running = this.#forgetOld().catch((error: unknown) =>
        process.emitWarning(error instanceof Error ? error : String(error)),
      );
    }, this.#keepMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #forgetOld(): Promise<void> {
    await this.#forgetIn(this.directory, this.#keepMs);
    await this.#forgetIn(this.#unfinished, ABANDONED_MS);
  }

  async #forgetIn(directory: string, ageMs: number): Promise<void> {
    for (const name of await readdir(directory)) await this.#forget(join(directory, name), ageMs);
  }

  async #forget(path: string, ageMs: number): Promise<void> {
    const file = await unlessMissing(open(path, 'r'));
    if (file === undefined) return;
    let header: ObjectHeader | undefined;
    try {
      const { mtimeMs } = await file.stat();
      if (mtimeMs >= Date.now() - ageMs) return;
      header = await readHeader(file);
    } catch (error) {
      // A file that was never finished.
      if (!(error instanceof StoreUnavailableError)) throw error;
    } finally {
      await file.close();
    }
    if (header?.removed === true) await this.#forgetObject(header.name);
    await unlessMissing(unlink(path));
  }

  /** Unless it is there again. */
  async #forgetObject(name: string): Promise<void> {
    const generations = new Generations(join(this.#objects, objectPath(name)));
    const newest = await generations.readNewest(readHeader);
    if (newest?.content.removed === true) await generations.forget(newest.number, this.#objects);
  }
}
