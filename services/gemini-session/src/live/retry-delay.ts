const FIRST_MS = 250;
const MOST_MS = 10_000;

/** How long to wait after so many failures in a row (from 1): doubling up to 10 s, with up to a quarter of `random` (0 to 1) on top. */
export function retryDelayMs(failures: number, random: number): number {
  const delay = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return delay * (1 + random / 4);
}
