import type { EventLog } from './event-log.ts';

/** Entries per read. */
const PAGE = 200;

/** The idempotency keys of a log's newest entries, as far as they have been read or written. */
export class RecentKeys {
  readonly #log: EventLog;
  readonly #name: string;
  readonly #limit: number;
  readonly #seqs = new Map<string, number>();
  #head = 0;
  #loaded = false;

  constructor(log: EventLog, name: string, limit: number) {
    this.#log = log;
    this.#name = name;
    this.#limit = limit;
  }

  /** Sequence of the newest entry that is known. */
  get head(): number {
    return this.#head;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  seqOf(key: string): number | undefined {
    return this.#seqs.get(key);
  }

  /** Reads what has been written by others since. @throws LogUnavailableError */
  async refresh(): Promise<void> {
    const head = await this.#log.head(this.#name);
    // Shorter than it was: it has been deleted, and what was known of it means nothing.
    if (head < this.#head) this.#seqs.clear();
    let after = head < this.#head ? 0 : this.#head;
    after = Math.max(after, head - this.#limit);
    while (after < head) {
      const entries = await this.#log.read(this.#name, after, Math.min(PAGE, head - after));
      if (entries.length === 0) break;
      for (const { seq, key } of entries) this.#remember(key, seq);
      after = entries.at(-1)?.seq ?? head;
    }
    this.#head = after;
    this.#loaded = true;
  }

  /** An entry was appended by this process, right after the head. */
  add(key: string, seq: number): void {
    this.#remember(key, seq);
    this.#head = seq;
  }

  #remember(key: string, seq: number): void {
    this.#seqs.set(key, seq);
    for (const [oldest] of this.#seqs) {
      if (this.#seqs.size <= this.#limit) break;
      this.#seqs.delete(oldest);
    }
  }
}
