import { setTimeout as delay } from 'node:timers/promises';

/** Waits that grow from try to try, with jitter. Times in milliseconds. */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  readonly #signal: AbortSignal | undefined;
  #tries = 0;

  constructor(options: { firstMs?: number; longestMs?: number; signal?: AbortSignal } = {}) {
    this.#firstMs = options.firstMs ?? 50;
    this.#longestMs = options.longestMs ?? 5_000;
    this.#signal = options.signal;
  }

  reset(): void {
    this.#tries = 0;
  }

  /** Waits half to all of the time that is due now, at most `atMostMs`. */
  async wait(atMostMs = Infinity): Promise<void> {
    const due = Math.min(this.#longestMs, this.#firstMs * 2 ** this.#tries);
    this.#tries += 1;
    await this.sleep(Math.min(atMostMs, due * (0.5 + Math.random() / 2)));
  }

  /** Waits this long, or until the signal. */
  async sleep(ms: number): Promise<void> {
    await delay(ms, undefined, this.#signal === undefined ? {} : { signal: this.#signal }).catch(
      (error: unknown) => {
        if (this.#signal?.aborted !== true) throw error;
      },
    );
  }
}
