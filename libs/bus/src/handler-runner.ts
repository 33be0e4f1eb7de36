import type { OnBusError } from './bus-error.ts';
import type { BusMessage, MessageHandler } from './message-bus.ts';

/** Runs the handler of one subscription, keeps its errors away from whoever delivers, and knows when all of its work is done. */
export class HandlerRunner {
  readonly #handler: MessageHandler;
  readonly #onError: OnBusError;
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(handler: MessageHandler, onError: OnBusError) {
    this.#handler = handler;
    this.#onError = onError;
  }

  run(message: BusMessage): void {
    try {
      const result = this.#handler(message);
      if (result instanceof Promise) this.#track(result, message);
    } catch (error) {
      this.#onError(error, message.subject);
    }
  }

  /** Resolves when no handler is running. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #track(result: Promise<void>, message: BusMessage): void {
    this.#running += 1;
    void result
      .catch((error: unknown) => this.#onError(error, message.subject))
      .then(() => {
        this.#running -= 1;
        if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      });
  }
}
