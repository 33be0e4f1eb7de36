/** Pictures a second that the API takes. */
const RATE = 1;
/** A picture that comes early is of no matter as long as not more than so many come at once. */
const BURST = 2;

/** Counts the pictures that come faster than one a second. */
export class PictureRate {
  #allowance = BURST;
  #lastAt: number | null = null;
  #over = 0;

  get over(): number {
    return this.#over;
  }

  /** @param at emulated time, in milliseconds */
  count(at: number): void {
    const passedMs = at - (this.#lastAt ?? at);
    this.#lastAt = at;
    this.#allowance = Math.min(BURST, this.#allowance + (passedMs / 1000) * RATE);
    if (this.#allowance < 1) this.#over += 1;
    else this.#allowance -= 1;
  }
}
