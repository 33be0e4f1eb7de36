import { LIMITS } from '@studio/contracts';

/** Times of a connection, in milliseconds. */
export interface Timing {
  readonly helloTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** How long the other side may take to answer a close before the connection is cut. */
  readonly closeTimeoutMs: number;
  /** How long a client that is asked to move stays for the answers to what it has asked for. */
  readonly answerTimeoutMs: number;
}

export const TIMING: Timing = {
  helloTimeoutMs: LIMITS.helloTimeoutMs,
  pingIntervalMs: LIMITS.pingIntervalMs,
  pongTimeoutMs: LIMITS.pongTimeoutMs,
  closeTimeoutMs: 2_000,
  answerTimeoutMs: 1_000,
};
