import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The directory of a file event log cannot be used: the message says why in one line. */
export class EventLogDirectoryError extends Error {
  override readonly name = 'EventLogDirectoryError';
}

/** SQLITE_BUSY: somebody else has the lock. */
const BUSY = 5;

/**
 * The right to write into a directory. The kernel takes it back when the process ends in whatever way, so that there is no stale lock to
 * be judged. Node has no call for a file lock; the SQLite that comes with it takes one when an exclusive transaction begins, portably.
 */
export class DirectoryLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Creates the directory if need be. @throws EventLogDirectoryError */
  static async take(directory: string): Promise<DirectoryLock> {
    const holder = join(directory, 'writer.txt');
    let database: DatabaseSync | undefined;
    try {
      await mkdir(directory, { recursive: true });
      database = new DatabaseSync(join(directory, 'writer.lock'), { timeout: 0 });
      // Nothing is ever written to the database, and no journal beside it either.
      database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      writeFileSync(holder, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`);
      return new DirectoryLock(database);
    } catch (error) {
      if (database?.isOpen === true) database.close();
      throw new EventLogDirectoryError(
        isBusy(error)
          ? `the event log in ${directory} is in use by ${readHolder(holder)}`
          : `the event log in ${directory} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  release(): void {
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    return `another process (who it is cannot be read: ${String(error)})`;
  }
}
