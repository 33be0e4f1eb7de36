/** A second-order resonance with unit gain at 0 Hz, as a formant of a cascade synthesiser (Klatt, 1980). */
export class Resonator {
  readonly #rate: number;
  #a = 1;
  #b = 0;
  #c = 0;
  #last = 0;
  #before = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Hertz. */
  tune(frequency: number, bandwidth: number): this {
    const radius = Math.exp((-Math.PI * bandwidth) / this.#rate);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos((2 * Math.PI * frequency) / this.#rate);
    this.#a = 1 - this.#b - this.#c;
    return this;
  }

  next(input: number): number {
    const output = this.#a * input + this.#b * this.#last + this.#c * this.#before;
    this.#before = this.#last;
    this.#last = output;
    return output;
  }
}

/** The inverse of a resonance: it takes a band away. */
export class AntiResonator {
  readonly #rate: number;
  #a = 1;
  #b = 0;
  #c = 0;
  #last = 0;
  #before = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Hertz. */
  tune(frequency: number, bandwidth: number): this {
    const radius = Math.exp((-Math.PI * bandwidth) / this.#rate);
    const c = -radius * radius;
    const b = 2 * radius * Math.cos((2 * Math.PI * frequency) / this.#rate);
    this.#a = 1 / (1 - b - c);
    this.#b = -b * this.#a;
    this.#c = -c * this.#a;
    return this;
  }

  next(input: number): number {
    const output = this.#a * input + this.#b * this.#last + this.#c * this.#before;
    this.#before = this.#last;
    this.#last = input;
    return output;
  }
}

/** Lets one band through, with unit gain in its middle. */
export class BandPass {
  readonly #rate: number;
  #gain = 0;
  #b = 0;
  #c = 0;
  #input1 = 0;
  #input2 = 0;
  #last = 0;
  #before = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Hertz. */
  tune(frequency: number, bandwidth: number): void {
    const angle = (2 * Math.PI * Math.min(frequency, this.#rate * 0.48)) / this.#rate;
    const alpha = Math.tan(Math.min(1.4, (Math.PI * bandwidth) / this.#rate));
    this.#gain = alpha / (1 + alpha);
    this.#b = (2 * Math.cos(angle)) / (1 + alpha);
    this.#c = -(1 - alpha) / (1 + alpha);
  }

  next(input: number): number {
    const output = this.#gain * (input - this.#input2) + this.#b * this.#last + this.#c * this.#before;
    this.#input2 = this.#input1;
    this.#input1 = input;
    this.#before = this.#last;
    this.#last = output;
    return output;
  }
}
