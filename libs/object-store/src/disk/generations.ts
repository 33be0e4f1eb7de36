import { link, open, readdir, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import { makeDirectory, syncDirectory } from './durable-files.ts';
import { isCode, unlessMissing } from './file-errors.ts';

/** How often an empty directory is looked at again. */
const EMPTY_LOOKS = 3;
/** How often a directory that is taken away meanwhile is made again. */
const MOST_LINKS = 100;

/**
 * The directory of one object, with a file for each of its generations named by its number. The newest counts; a removal is a generation
 * too, so that no number is used twice until the removal is forgotten. A generation is born by a hard link to a finished file, which fails when the number is
 * taken: this holds across processes, and needs no lock that could be left behind.
 */
export class Generations {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Reads the newest generation; undefined when there was never one. */
  async readNewest<T>(
    read: (file: FileHandle) => Promise<T>,
  ): Promise<{ readonly number: number; readonly content: T } | undefined> {
    for (;;) {
      const number = await this.#newest();
      if (number === undefined) return undefined;
      // Not there any more: a newer one has taken its place.
      const file = await unlessMissing(open(this.#path(number), 'r'));
      if (file === undefined) continue;
      try {
        return { number, content: await read(file) };
      } finally {
        await file.close();
      }
    }
  }

  /** Makes the finished file the next generation after `number`, durably. False when another one was first. */
  async add(number: number, finished: string): Promise<boolean> {
    const path = this.#path(number);
    if (!(await this.#link(finished, path))) return false;
    if ((await this.#newest()) !== number) {
      // Others have gone past this number, and have cleaned it up already.
      await unlessMissing(unlink(path));
      return false;
    }
    await syncDirectory(this.#directory);
    return true;
  }

  /** Removes the generations before `number`. */
  async removeBefore(number: number): Promise<void> {
    for (const old of await this.#numbers()) if (old < number) await unlessMissing(unlink(this.#path(old)));
  }

  /** Removes the last generation, and the directories that nothing else is in, up to `root`. */
  async forget(number: number, root: string): Promise<void> {
    await unlessMissing(unlink(this.#path(number)));
    for (let directory = this.#directory; directory !== root; directory = dirname(directory))
      try {
        await unlessMissing(rmdir(directory));
      } catch (error) {
        // Something else is in it.
        if (isCode(error, 'ENOTEMPTY') || isCode(error, 'EEXIST')) return;
        throw error;
      }
  }

  /** False when there is such a file. */
  async #link(finished: string, path: string): Promise<boolean> {
    for (let tries = 1; ; tries += 1)
      try {
        await makeDirectory(this.#directory);
        await link(finished, path);
        return true;
      } catch (error) {
        if (isCode(error, 'EEXIST')) return false;
        // The directory of a removed object was forgotten in this moment.
        if (!isCode(error, 'ENOENT') || tries === MOST_LINKS) throw error;
      }
  }

  async #newest(): Promise<number | undefined> {
    for (let look = 1; ; look += 1) {
      const numbers = await this.#numbers();
      if (numbers.length > 0) return Math.max(...numbers);
      // Some file systems may list neither the old file nor the new one while one replaces the other.
      if (look === EMPTY_LOOKS) return undefined;
      await soon();
    }
  }

  async #numbers(): Promise<number[]> {
    return ((await unlessMissing(readdir(this.#directory))) ?? []).map(Number).filter(Number.isSafeInteger);
  }

  #path(number: number): string {
    return join(this.#directory, String(number));
  }
}
