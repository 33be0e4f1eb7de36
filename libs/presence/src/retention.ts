/** How long the counters of a name that nobody uses any more are kept, in milliseconds. */
export const COUNTER_MS = 24 * 60 * 60 * 1_000;
