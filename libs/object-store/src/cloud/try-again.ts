import { setTimeout as delay } from 'node:timers/promises';

/** Times in milliseconds. */
export interface Patience {
  /** For one try. */
  readonly tryMs: number;
  /** For all tries: none begins later. */
  readonly totalMs: number;
  /** Before the second try; the waits double, with jitter. */
  readonly firstWaitMs: number;
}

const LONGEST_WAIT_MS = 5_000;

/**
 * Repeats an action until it succeeds, fails for good, or time is up. A try that takes too long is left to itself and counts as failed:
 * what it asked for may still happen.
 */
export async function tryAgain<T>(
  action: () => Promise<T>,
  isTransient: (error: unknown) => boolean,
  { tryMs, totalMs, firstWaitMs }: Patience,
): Promise<T> {
  const deadline = performance.now() + totalMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await within(tryMs, action());
    } catch (error) {
      const pause = waitMs * (0.5 + Math.random() / 2);
      if (!isTransient(error) || performance.now() + pause > deadline) throw error;
      await delay(pause);
    }
  }
}

async function within<T>(ms: number, action: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`no answer within ${ms} ms`));
  }, ms);
  try {
    return await Promise.race([action, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
