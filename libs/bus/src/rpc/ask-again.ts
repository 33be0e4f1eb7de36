/**
 * A process that stands still keeps the requests that fall on it, while others of its service would answer: healthy ones do within some
 * 10 ms. Milliseconds; the next time comes when twice as long has passed.
 */
const FIRST_AGAIN_MS = 500;

/**
 * Asks, and asks again after 0.5, 1, 2 and 4 s while no answer comes; the first answer counts. Each time another process may be the one that
 * is asked. When all are slow, that is at most five times the load within the 5 s of a request.
 * @param ask gives up after so many milliseconds
 * @throws what the first try throws
 */
export function askAgain<T>(ask: (timeoutMs: number) => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const beganAt = performance.now();
  const passedMs = () => performance.now() - beganAt;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const againAt = (atMs: number): void => {
    timer = setTimeout(() => {
      const leftMs = Math.floor(timeoutMs - passedMs());
      if (leftMs < 1) return;
      // The failure of the first one decides: it may still be answered by who is about to end.
      ask(leftMs).then(resolve, () => undefined);
      againAt(2 * atMs);
    }, atMs - passedMs());
  };
  ask(timeoutMs).then(resolve, reject);
  againAt(FIRST_AGAIN_MS);
  return promise.finally(() => clearTimeout(timer));
}
