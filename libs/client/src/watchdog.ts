/** Calls back once when nothing was heard for a while. Hearing something costs no timer, only a look at the clock. */
export class Watchdog {
  readonly #onSilence: () => void;
  #limitMs = 0;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** Begins anew, with another limit. */
  start(limitMs: number): void {
    this.stop();
    this.#limitMs = limitMs;
    this.#heardAt = performance.now();
    this.#timer = setTimeout(this.#check, limitMs);
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #check = (): void => {
    const left = this.#heardAt + this.#limitMs - performance.now();
    if (left > 0) {
      this.#timer = setTimeout(this.#check, left);
    } else {
      this.#timer = undefined;
      this.#onSilence();
    }
  };
}
