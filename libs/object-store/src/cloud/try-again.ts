import { setTimeout as delay } from 'node:timers/promises';

/** Times in milliseconds. */
export interface Patience {
  /** For one try. */
  readonly tryMs: number;
  /** Before the second try; the waits double, with jitter. */
  readonly firstWaitMs: number;
  /** By `performance.now()`: then the last try ends. */
  readonly deadline: number;
}

const LONGEST_WAIT_MS = 5_000;

/**
 * Repeats an action until it succeeds, fails for good, or time is up. The signal of a try that takes too long is aborted; what it asked
 * for may still happen.
 */
export async function tryAgain<T>(
  action: (signal: AbortSignal) => Promise<T>,
  isTransient: (error: unknown) => boolean,
  { tryMs, firstWaitMs, deadline }: Patience,
): Promise<T> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await within(Math.min(tryMs, deadline - performance.now()), action);
    } catch (error) {
      const pause = waitMs * (0.5 + Math.random() / 2);
      if (!isTransient(error) || performance.now() + pause >= deadline) throw error;
      await delay(pause);
    }
  }
}

async function within<T>(ms: number, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => {
      const error = new Error(`no answer within ${Math.round(ms)} ms`);
      late.reject(error);
      ending.abort(error);
    },
    Math.max(0, ms),
  );
  try {
    return await Promise.race([action(ending.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
