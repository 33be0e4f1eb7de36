import type { Clock } from '../clock.ts';
import { quotaExceeded } from './refusal.ts';

export interface QuotaLimits {
  /** Sessions that may be open at the same time. */
  readonly maxSessions: number;
  /** Setups in any minute. */
  readonly maxSetupsPerMinute: number;
}

const MINUTE_MS = 60_000;

/** How much one project may use of the service. */
export class Quota {
  readonly #clock: Clock;
  readonly #limits: QuotaLimits;
  #setups: number[] = [];

  constructor(clock: Clock, limits: QuotaLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Nothing has been used so far. */
  clear(): void {
    this.#setups = [];
  }

  /**
   * Takes one more setup.
   * @param openSessions how many sessions are open already
   * @throws Refusal 1011 when that would be too much
   */
  admit(openSessions: number): void {
    const now = this.#clock.now();
    this.#setups = this.#setups.filter((at) => at > now - MINUTE_MS);
    const { maxSessions, maxSetupsPerMinute } = this.#limits;
    if (openSessions >= maxSessions || this.#setups.length >= maxSetupsPerMinute) throw quotaExceeded();
    if (maxSetupsPerMinute < Infinity) this.#setups.push(now);
  }
}
