import { Backoff } from './backoff.ts';
import { HeadMovedError, LogUnavailableError } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import { LruMap } from './lru-map.ts';
import { RecentKeys } from './recent-keys.ts';

export interface KeyedAppenderOptions {
  /** Entries at the end of a log in which a repeated key is found; older ones are forgotten. */
  keysPerLog?: number;
  /** Logs whose keys are kept in memory: about 150 bytes a key. */
  logs?: number;
  /** How long one append may take, waiting for its turn included, in milliseconds. */
  deadlineMs?: number;
}

export interface KeyedAppend {
  readonly seq: number;
  /**
   * The entry with this key was found in the log: somebody wrote it, which may have been an earlier try of this very call whose outcome
   * was lost. What stands in the log then need not be what `makeData` made last.
   */
  readonly duplicate: boolean;
}

interface LogState {
  keys: RecentKeys;
  /** Ends when the appends before have ended. */
  turn: Promise<unknown>;
  waiting: number;
}

/** Appends that are done once however often they are repeated, in any process: an entry is known by its idempotency key. */
export class KeyedAppender {
  readonly #log: EventLog;
  readonly #options: Required<KeyedAppenderOptions>;
  readonly #states: LruMap<LogState>;

  constructor(log: EventLog, options: KeyedAppenderOptions = {}) {
    this.#log = log;
    this.#options = { keysPerLog: 2_000, logs: 200, deadlineMs: 4_000, ...options };
    this.#states = new LruMap(this.#options.logs, (state) => state.waiting === 0);
  }

  /**
   * Appends the entry unless its key is in the log already, and resolves where it stands. `makeData` is called for each try with the
   * sequence that the entry would have. Appends to one log are done one after another, in the order of the calls.
   * @throws LogUnavailableError when it could not be done in time; whether the entry is in the log is then not known, and the same call
   * may be made again.
   */
  async append(log: string, key: string, makeData: (seq: number) => Uint8Array): Promise<KeyedAppend> {
    const deadline = performance.now() + this.#options.deadlineMs;
    const state = this.#states.get(log) ?? this.#newState(log);
    this.#states.set(log, state);
    state.waiting += 1;
    const turn = state.turn;
    const done = turn.then(() => this.#appendInTurn(log, state.keys, key, makeData, deadline));
    // Whoever is next waits for the end, not for success.
    state.turn = done.then(
      () => (state.waiting -= 1),
      () => (state.waiting -= 1),
    );
    return done;
  }

  /** Frees what is remembered of a log, for example when it is deleted. What is still being appended to it goes on. */
  forget(log: string): void {
    this.#states.delete(log);
  }

  async #appendInTurn(
    log: string,
    keys: RecentKeys,
    key: string,
    makeData: (seq: number) => Uint8Array,
    deadline: number,
  ): Promise<KeyedAppend> {
    const backoff = new Backoff({ firstMs: 20, longestMs: 500 });
    let stale = !keys.loaded;
    let problem: unknown;
    while (performance.now() < deadline) {
      try {
        // After a lost outcome this is where the lost entry shows.
        if (stale) await keys.refresh();
        stale = false;
        const known = keys.seqOf(key);
        if (known !== undefined) return { seq: known, duplicate: true };
        const seq = await this.#log.append(log, keys.head, key, makeData(keys.head + 1));
        keys.add(key, seq);
        return { seq, duplicate: false };
      } catch (error) {
        stale = true;
        problem = error;
        if (error instanceof HeadMovedError) continue;
        if (!(error instanceof LogUnavailableError)) throw error;
        await backoff.wait(Math.max(0, deadline - performance.now()));
      }
    }
    throw new LogUnavailableError(`log ${log}: the entry could not be appended in time`, { cause: problem });
  }

  #newState(log: string): LogState {
    return {
      keys: new RecentKeys(this.#log, log, this.#options.keysPerLog),
      turn: Promise.resolve(),
      waiting: 0,
    };
  }
}
