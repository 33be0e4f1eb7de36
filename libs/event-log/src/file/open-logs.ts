import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogUnavailableError } from '../event-log.ts';
import { COPY, LogFile } from './log-file.ts';
import { syncDirectory } from './sync-directory.ts';

interface Slot {
  readonly opening: Promise<LogFile>;
  readonly users: Set<Promise<unknown>>;
}

/** The logs that are open, at most `limit`: each has a file handle. To open another, the idle one not used for longest is closed. */
export class OpenLogs {
  readonly #limit: number;
  readonly #pathOf: (name: string) => string;
  readonly #slots = new Map<string, Slot>();
  /** Logs that are being closed or removed. */
  readonly #ending = new Map<string, Promise<void>>();
  /** Logs with a failed sync: opened anew by this process, they might show what is not on disk. */
  readonly #broken = new Map<string, LogUnavailableError>();
  /** Those who wait until another log can be opened. */
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number, pathOf: (name: string) => string) {
    this.#limit = limit;
    this.#pathOf = pathOf;
  }

  /** Runs `action` with the log, which stays open meanwhile. @throws LogUnavailableError, and what `action` throws */
  async use<T>(name: string, action: (log: LogFile) => Promise<T>): Promise<T> {
    for (;;) {
      const broken = this.#broken.get(name);
      if (broken !== undefined) throw broken;
      const ending = this.#ending.get(name);
      const open = this.#slots.get(name);
      if (ending !== undefined) await ending;
      else if (open !== undefined) return this.#run(name, open, action);
      else if (this.#slots.size < this.#limit) return this.#run(name, this.#open(name), action);
      else await this.#makeRoom();
    }
  }

  /** Removes the file of the log when nobody uses it any more. */
  async remove(name: string): Promise<void> {
    await this.#end(name, async () => {
      const path = this.#pathOf(name);
      await rm(path + COPY, { force: true });
      await rm(path, { force: true });
      await syncDirectory(dirname(path));
      this.#broken.delete(name);
    });
  }

  /** Closes all logs when nobody uses them any more. */
  async close(): Promise<void> {
    await Promise.all([...this.#slots.keys()].map((name) => this.#end(name)));
  }

  async #run<T>(name: string, slot: Slot, action: (log: LogFile) => Promise<T>): Promise<T> {
    const running = slot.opening.then(action);
    slot.users.add(running);
    // Now the one that was used last.
    this.#slots.delete(name);
    this.#slots.set(name, slot);
    try {
      return await running;
    } finally {
      slot.users.delete(running);
      if (slot.users.size === 0) this.#waiting.shift()?.();
    }
  }

  #open(name: string): Slot {
    const slot: Slot = { opening: LogFile.open(this.#pathOf(name)), users: new Set() };
    // A log that could not be opened is tried again by the next one who wants it.
    slot.opening.catch(() => this.#slots.get(name) === slot && this.#slots.delete(name));
    return slot;
  }

  async #makeRoom(): Promise<void> {
    for (const [name, { users }] of this.#slots)
      if (users.size === 0 && !this.#ending.has(name)) return this.#end(name);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Closes the log when nobody uses it, and does the rest; whoever wants to use it meanwhile waits until that is over. */
  async #end(name: string, rest?: () => Promise<void>): Promise<void> {
    while (this.#ending.has(name)) await this.#ending.get(name);
    const ended = this.#close(name).then(rest);
    const over = ended.then(
      () => this.#over(name),
      () => this.#over(name),
    );
    this.#ending.set(name, over);
    await ended;
  }

  #over(name: string): void {
    this.#ending.delete(name);
    this.#waiting.shift()?.();
  }

  async #close(name: string): Promise<void> {
    const slot = this.#slots.get(name);
    if (slot === undefined) return;
    await Promise.allSettled(slot.users);
    const [opened] = await Promise.allSettled([slot.opening]);
    this.#slots.delete(name);
    if (opened.status === 'rejected') return;
    await opened.value.close();
    if (opened.value.broken !== undefined) this.#broken.set(name, opened.value.broken);
  }
}
