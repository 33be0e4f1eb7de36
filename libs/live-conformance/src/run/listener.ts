import type { LiveServerMessage } from '@google/genai';
import { Exchange } from '../exchange/exchange.ts';
import type { Kind } from '../exchange/kinds.ts';

/** The connection ended, or never opened, before what a script waited for. Whether that was right is judged by what is expected. */
export class LineEnded extends Error {}

/** What a script waited for did not come in time. */
export class OutOfTime extends Error {}

/** Time as a case counts it. */
export interface CaseTime {
  /** Milliseconds of the service's time since the case began. */
  now(): number;
  /** Milliseconds of our own time until the case must be over. */
  left(): number;
}

/** Keeps what comes over one connection, and wakes the script that waits for it. */
export class Listener {
  readonly exchange = new Exchange();
  readonly #time: CaseTime;
  readonly #openedAt: number;
  readonly #gone: Promise<void>;
  #tellGone: () => void = () => undefined;
  #isGone = false;
  #wake: () => void = () => undefined;

  constructor(time: CaseTime) {
    this.#time = time;
    this.#openedAt = time.now();
    this.#gone = new Promise((resolve) => (this.#tellGone = resolve));
  }

  hear(message: LiveServerMessage): void {
    this.exchange.add(message, this.#time.now() - this.#openedAt);
    this.#wake();
  }

  end(code: number, reason: string): void {
    this.#isGone = true;
    this.exchange.ending = { code, reason, at: this.#time.now() - this.#openedAt };
    this.#tellGone();
    this.#wake();
  }

  /** @throws LineEnded where the connection ends before; OutOfTime when the case's time is over. */
  async until(condition: (exchange: Exchange) => boolean): Promise<void> {
    while (!condition(this.exchange)) {
      if (this.exchange.ending) throw new LineEnded();
      const left = this.#time.left();
      if (left <= 0) throw new OutOfTime(`still waiting after: ${this.exchange.shape.join(' ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Hangs up and waits until the connection is gone, however long that takes; such an end is none of the service's. */
  async hangUp(close: () => void): Promise<void> {
    if (this.#isGone) return;
    close();
    await this.#gone;
    this.exchange.ending = null;
  }

  /** Waits until a kind came so many times. */
  async gets(kind: Kind, count = 1): Promise<void> {
    await this.until((exchange) => exchange.count(kind) >= count);
  }
}
