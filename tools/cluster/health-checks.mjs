import { clearInterval, setInterval } from 'node:timers';

/** How often a process is asked whether it is well, and how long it may take to say so, in milliseconds. */
const CHECK_MS = 1_000;
/** Failures in a row after which it counts as unwell: a moment in which a busy machine is late is none. */
const MOST_FAILURES = 3;

/** Asks processes on loopback again and again whether they are well, as a load balancer does. All are until three checks in a row have failed. */
export class HealthChecks {
  #failures;
  #timer;

  /**
   * @param {readonly number[]} ports
   * @param {number} checkMs
   */
  constructor(ports, checkMs = CHECK_MS) {
    this.#failures = ports.map(() => 0);
    const check = () =>
      ports.forEach((port, index) => {
        void isWell(port, checkMs).then((well) => {
          this.#failures[index] = well ? 0 : (this.#failures[index] ?? 0) + 1;
        });
      });
    this.#timer = setInterval(check, checkMs).unref();
  }

  /** @param {number} index */
  isWell(index) {
    return (this.#failures[index] ?? 0) < MOST_FAILURES;
  }

  stop() {
    clearInterval(this.#timer);
  }
}

/**
 * @param {number} port
 * @param {number} withinMs
 * @returns {Promise<boolean>}
 */
export async function isWell(port, withinMs) {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, {
    signal: AbortSignal.timeout(withinMs),
  }).catch(() => undefined);
  await response?.body?.cancel().catch(() => undefined);
  return response?.ok === true;
}
