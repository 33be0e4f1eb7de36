/**
 * A process that stands still keeps the requests that fall on it, while others of its service would answer: healthy ones answer within
 * some 10 ms. Milliseconds, doubled with each time.
 */
const FIRST_AGAIN_MS = 500;

/**
 * Asks, and asks again after 0.5, 1.5 and 3.5 s while no answer comes; the first answer counts. Each time another process may be the one that
 * is asked. When all are slow, that is at most four times the load within the 5 s of a request.
 * @param ask gives up after so many milliseconds
 * @throws what the first try throws
 */
export function askAgain<T>(ask: (timeoutMs: number) => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const endsAt = performance.now() + timeoutMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (waitMs: number): void => {
    timer = setTimeout(() => {
      const leftMs = Math.floor(endsAt - performance.now());
      if (leftMs < 1) return;
      // The failure of the first one decides: it may still be answered by who is about to end.
      ask(leftMs).then(resolve, () => undefined);
      later(2 * waitMs);
    }, waitMs);
  };
  ask(timeoutMs).then(resolve, reject);
  later(FIRST_AGAIN_MS);
  return promise.finally(() => clearTimeout(timer));
}
