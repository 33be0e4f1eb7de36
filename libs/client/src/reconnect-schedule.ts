/** Milliseconds before each attempt to come back; the last one repeats. */
const DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000] as const;
const LONGEST = DELAYS[DELAYS.length - 1] ?? 0;

/** A delay varies by up to this share, so that clients cut off together do not come back together. */
const JITTER = 0.3;

/**
 * How long to wait before an attempt, in milliseconds.
 * @param attempt 0 for the first one after a loss
 * @param leastMs what the server asked for at least
 * @param random a number from 0 to below 1
 */
export function reconnectDelay(attempt: number, leastMs: number, random: number): number {
  const base = Math.max(DELAYS[attempt] ?? LONGEST, leastMs);
  return Math.round(base * (1 + JITTER * random));
}
