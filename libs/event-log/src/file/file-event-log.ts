import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkEntry, checkLogName } from '../entry-limits.ts';
import { LogUnavailableError } from '../event-log.ts';
import type { EventLog, LogEntry } from '../event-log.ts';
import { DirectoryLock, EventLogDirectoryError } from './directory-lock.ts';
import { COPY, type LogFile } from './log-file.ts';
import { OpenLogs } from './open-logs.ts';
import { syncDirectory } from './sync-directory.ts';

export interface FileEventLogOptions {
  /** Logs that are kept open: one file handle each. */
  openLogs?: number;
}

/**
 * The engine on a local directory, one file per log, for one process: no other one can open the directory at the same time.
 * An entry is synced to the disk before its append resolves.
 * @throws EventLogDirectoryError when the directory cannot be written, or is in use
 */
export async function openFileEventLog(
  directory: string,
  options: FileEventLogOptions = {},
): Promise<FileEventLog> {
  const lock = await DirectoryLock.take(directory);
  try {
    await repairDirectory(directory);
    return new FileEventLog(directory, lock, options);
  } catch (error) {
    lock.release();
    const why = error instanceof Error ? error.message : String(error);
    throw new EventLogDirectoryError(`the event log in ${directory} cannot be written: ${why}`, {
      cause: error,
    });
  }
}

/** After a crash: removes copies that were not finished, and makes those files durable that had just been created. */
async function repairDirectory(directory: string): Promise<void> {
  const copies = (await readdir(directory)).filter((name) => name.endsWith(COPY));
  await Promise.all(copies.map((name) => rm(join(directory, name), { force: true })));
  await syncDirectory(directory);
}

export class FileEventLog implements EventLog {
  readonly #lock: DirectoryLock;
  readonly #logs: OpenLogs;
  #closed: Promise<void> | undefined;

  /** See {@link openFileEventLog}. */
  constructor(directory: string, lock: DirectoryLock, { openLogs = 256 }: FileEventLogOptions) {
    this.#lock = lock;
    this.#logs = new OpenLogs(openLogs, (name) => join(directory, `${name}.log`));
  }

  async append(log: string, expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    checkEntry(key, data);
    // The caller may use its buffer again before it is written.
    const copy = new Uint8Array(data);
    return this.#use(log, (file) => file.append(expectedHead, key, copy));
  }

  async read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    return this.#use(log, (file) => file.read(after, limit));
  }

  async head(log: string): Promise<number> {
    return this.#use(log, (file) => Promise.resolve(file.head));
  }

  async first(log: string): Promise<number> {
    return this.#use(log, (file) => Promise.resolve(file.first));
  }

  async trim(log: string, before: number): Promise<void> {
    return this.#use(log, (file) => file.trim(before));
  }

  async delete(log: string): Promise<void> {
    checkLogName(log);
    this.#checkOpen();
    await this.#logs.remove(log);
  }

  close(): Promise<void> {
    this.#closed ??= this.#logs.close().finally(() => this.#lock.release());
    return this.#closed;
  }

  async #use<T>(log: string, action: (file: LogFile) => Promise<T>): Promise<T> {
    checkLogName(log);
    this.#checkOpen();
    return this.#logs.use(log, action);
  }

  #checkOpen(): void {
    if (this.#closed !== undefined) throw new LogUnavailableError('the event log is closed');
  }
}
