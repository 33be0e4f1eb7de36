/** The part of each period in which the vocal folds are open. */
const OPEN = 0.62;
/** A one-pole low pass that gives the voice the slope of a relaxed speaker. */
const TILT = 0.45;

/** The flow through the vocal folds, differentiated as the lips radiate it (Rosenberg's polynomial). */
export class Glottis {
  readonly #rate: number;
  #phase = 0;
  #tilted = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  get isOpen(): boolean {
    return this.#phase < OPEN;
  }

  /** The next sample at that pitch in hertz. */
  next(pitch: number): number {
    this.#phase += pitch / this.#rate;
    if (this.#phase >= 1) this.#phase -= 1;
    const t = this.#phase / OPEN;
    const flow = t < 1 ? 2 * t - 3 * t * t : 0;
    this.#tilted += (flow - this.#tilted) * (1 - TILT);
    return this.#tilted;
  }
}

/** White noise from -1 to 1 that is the same each time (xorshift, 32 bits). */
export class Noise {
  #state = 0x9e3779b9;

  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state / 0x80000000;
  }
}
