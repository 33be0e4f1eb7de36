/** Zero crossings of the sinc on each side, at the lower of the two rates: decides steepness and delay. */
const CROSSINGS = 24;
/** Kaiser window for about 80 dB of stop band. */
const KAISER_BETA = 8;
/** Where the pass band ends, as a part of the lower Nyquist frequency: the rest is the filter's slope. */
const PASS = 0.9;

/**
 * Changes the sample rate of a stream, band-limited, chunk by chunk without a seam: the output does not depend on how the input was cut.
 * A windowed-sinc filter in polyphase form; any two whole rates. It delays by {@link Resampler.delayMs}; `flush` gives the rest out.
 */
export class Resampler {
  /** How much later a sound is in the output, milliseconds. */
  readonly delayMs: number;
  private readonly up: number;
  private readonly down: number;
  private readonly taps: number;
  /** Coefficients, phase after phase, each in the order of the input samples it is laid over. */
  private readonly phases: Float32Array;
  /** The last `taps - 1` samples of the input before the current chunk. */
  private history: Float32Array;
  /** Position of the next output sample in units of 1/up input samples, counted from the current chunk's begin. */
  private position = 0;

  /** @throws RangeError when a rate is not a whole number above 0 */
  constructor(inputRate: number, outputRate: number) {
    if (![inputRate, outputRate].every((rate) => Number.isInteger(rate) && rate > 0))
      throw new RangeError('a sample rate is a whole number above 0');
    const divisor = greatestCommonDivisor(inputRate, outputRate);
    this.up = outputRate / divisor;
    this.down = inputRate / divisor;
    const cutoff = Math.min(1, outputRate / inputRate) * PASS;
    const half = Math.ceil(CROSSINGS / Math.min(1, outputRate / inputRate));
    this.taps = 2 * half;
    this.phases = polyphase(this.up, half, cutoff);
    this.history = new Float32Array(this.taps - 1);
    this.delayMs = (half / inputRate) * 1000;
  }

  /** The output that this chunk makes possible. */
  process(input: Float32Array): Float32Array<ArrayBuffer> {
    if (this.up === this.down) return new Float32Array(input);
    const { taps, phases, up, down } = this;
    const stream = new Float32Array(this.history.length + input.length);
    stream.set(this.history);
    stream.set(input, this.history.length);

    const end = input.length * up;
    const output = new Float32Array(this.position < end ? Math.ceil((end - this.position) / down) : 0);
    for (let n = 0; n < output.length; n++) {
      const at = Math.floor(this.position / up);
      const phase = (this.position - at * up) * taps;
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (stream[at + k] as number) * (phases[phase + k] as number);
      output[n] = sum;
      this.position += down;
    }
    this.position -= end;
    this.history = stream.slice(input.length);
    return output;
  }

  /** What is still inside after the last chunk; afterwards the stream begins anew. */
  flush(): Float32Array<ArrayBuffer> {
    const rest = this.process(new Float32Array(this.up === this.down ? 0 : this.taps / 2));
    this.history.fill(0);
    this.position = 0;
    return rest;
  }
}

/** `up` filters of `2 * half` coefficients: filter p gives the signal p/up input samples after the middle of the samples under it. */
function polyphase(up: number, half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const phases = new Float32Array(up * taps);
  for (let p = 0; p < up; p++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const distance = k - (half - 1) - p / up;
      const value = cutoff * sinc(cutoff * distance) * kaiser(distance / half);
      phases[p * taps + k] = value;
      sum += value;
    }
    // Every phase passes a constant unchanged, so that no phase is louder than another.
    for (let k = 0; k < taps; k++) phases[p * taps + k] = (phases[p * taps + k] as number) / sum;
  }
  return phases;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The Kaiser window at -1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
