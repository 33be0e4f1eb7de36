import { checkEntry, checkLogName } from './entry-limits.ts';
import { HeadMovedError, LogUnavailableError } from './event-log.ts';
import type { EventLog, LogEntry } from './event-log.ts';

/** What goes wrong with one call: the store is away before it is done, or its outcome is lost after it was. */
export type Fault = 'none' | 'before' | 'after';

/** The port in memory for tests, with faults: the next one is asked for at each call. Several may share their logs. */
export class MemoryEventLog implements EventLog {
  readonly logs: Map<string, readonly LogEntry[]>;
  nextFault: () => Fault = () => 'none';
  #closed = false;

  constructor(logs = new Map<string, readonly LogEntry[]>()) {
    this.logs = logs;
  }

  async append(log: string, expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    checkEntry(key, data);
    const copy = new Uint8Array(data);
    return this.#call(log, (entries) => {
      const head = entries.at(-1)?.seq ?? 0;
      if (head !== expectedHead) throw new HeadMovedError(head);
      this.logs.set(log, [...entries, { seq: head + 1, key, data: copy }]);
      return head + 1;
    });
  }

  read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    return this.#call(log, (entries) => entries.filter(({ seq }) => seq > after).slice(0, limit));
  }

  head(log: string): Promise<number> {
    return this.#call(log, (entries) => entries.at(-1)?.seq ?? 0);
  }

  first(log: string): Promise<number> {
    return this.#call(log, (entries) => entries[0]?.seq ?? 0);
  }

  trim(log: string, before: number): Promise<void> {
    return this.#call(log, (entries) => {
      if (entries.length > 0)
        this.logs.set(log, [
          ...entries.slice(0, -1).filter(({ seq }) => seq >= before),
          ...entries.slice(-1),
        ]);
    });
  }

  delete(log: string): Promise<void> {
    return this.#call(log, () => void this.logs.delete(log));
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  async #call<T>(log: string, action: (entries: readonly LogEntry[]) => T): Promise<T> {
    checkLogName(log);
    if (this.#closed) throw new LogUnavailableError('the event log is closed');
    const fault = this.nextFault();
    await new Promise(setImmediate);
    if (fault === 'before') throw new LogUnavailableError('away');
    const result = action(this.logs.get(log) ?? []);
    await new Promise(setImmediate);
    if (fault === 'after') throw new LogUnavailableError('the outcome was lost');
    return result;
  }
}
