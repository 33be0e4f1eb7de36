import { HeadMovedError, LogUnavailableError } from './event-log.ts';
import type { EventLog, LogEntry } from './event-log.ts';

/** What goes wrong with one call: the store is away before it is done, or its outcome is lost after it was. */
export type Fault = 'none' | 'before' | 'after';

/** A model of the port for tests, with faults: the next one is asked for at each call. */
export class MemoryEventLog implements EventLog {
  readonly logs = new Map<string, LogEntry[]>();
  nextFault: () => Fault = () => 'none';

  append(log: string, expectedHead: number, key: string, data: Uint8Array): Promise<number> {
    return this.#call(() => {
      const entries = this.logs.get(log) ?? [];
      const head = entries.at(-1)?.seq ?? 0;
      if (head !== expectedHead) throw new HeadMovedError(head);
      this.logs.set(log, [...entries, { seq: expectedHead + 1, key, data }]);
      return expectedHead + 1;
    });
  }

  read(log: string, after: number, limit: number): Promise<LogEntry[]> {
    return this.#call(() => (this.logs.get(log) ?? []).filter(({ seq }) => seq > after).slice(0, limit));
  }

  head(log: string): Promise<number> {
    return this.#call(() => this.logs.get(log)?.at(-1)?.seq ?? 0);
  }

  first(log: string): Promise<number> {
    return this.#call(() => this.logs.get(log)?.[0]?.seq ?? 0);
  }

  trim(log: string, before: number): Promise<void> {
    return this.#call(() => {
      const entries = this.logs.get(log);
      if (entries === undefined) return;
      const kept = entries.filter(({ seq }, index) => seq >= before || index === entries.length - 1);
      this.logs.set(log, kept);
    });
  }

  delete(log: string): Promise<void> {
    return this.#call(() => void this.logs.delete(log));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #call<T>(action: () => T): Promise<T> {
    const fault = this.nextFault();
    await new Promise(setImmediate);
    if (fault === 'before') throw new LogUnavailableError('away');
    const result = action();
    await new Promise(setImmediate);
    if (fault === 'after') throw new LogUnavailableError('the outcome was lost');
    return result;
  }
}
