import { LIMITS } from '@studio/contracts';

/** Times of a connection, in milliseconds. */
export interface Timing {
  readonly helloTimeoutMs: number;
  readonly pingIntervalMs: number;
  /** A person of whose connection nothing is heard for this long is shown as away. */
  readonly unheardMs: number;
  /** A connection of which nothing is heard for this long is cut. */
  readonly cutMs: number;
  /** How long the other side may take to answer a close before the connection is cut. */
  readonly closeTimeoutMs: number;
  /** How long a client that is asked to move stays for the answers to what it has asked for. */
  readonly answerTimeoutMs: number;
  /** A download of which the client has taken nothing for this long is broken off. */
  readonly exportStalledMs: number;
}

export const TIMING: Timing = {
  helloTimeoutMs: LIMITS.helloTimeoutMs,
  pingIntervalMs: LIMITS.pingIntervalMs,
  unheardMs: LIMITS.unheardMs,
  cutMs: LIMITS.cutMs,
  closeTimeoutMs: 2_000,
  answerTimeoutMs: 1_000,
  exportStalledMs: 60_000,
};
