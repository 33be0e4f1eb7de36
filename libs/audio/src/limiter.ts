/** The largest sample that 16 bits can hold on both sides. */
const CEILING = 32_767;
/** How long before a peak the gain begins to fall: too short to be heard as a change, long enough not to distort. */
const LOOK_AHEAD_MS = 5;
/** Time constant of the way back to full gain: longer than a syllable, so that the level does not pump with the words. */
const RELEASE_MS = 250;
/** A gain so close to 1 is 1: less than a hundredth of a sample step at full scale. */
const NEARLY_ONE = 1 - 1e-7;

/**
 * Makes sums of several voices fit into 16 bits: a peak limiter with look-ahead. What fits already goes through unchanged, sample for
 * sample; nothing is ever clipped. The output comes {@link Limiter.delaySamples} later.
 */
export class Limiter {
  readonly delaySamples: number;
  private readonly window: number;
  private readonly releasePart: number;
  private readonly delayed: Int32Array;
  /** The gains of the last `window` samples, of which the mean is applied: a straight slope down to each peak. */
  private readonly gains: Float64Array;
  private gainSum: number;
  private gain = 1;
  /** The least gain needed within the window, as a queue of falling candidates: what it needs, and since which sample. */
  private readonly needs: Float64Array;
  private readonly needsAt: Float64Array;
  private first = 0;
  private count = 0;
  private at = 0;
  private sample = 0;

  constructor(sampleRate: number) {
    this.window = Math.max(1, Math.round((sampleRate * LOOK_AHEAD_MS) / 1000));
    this.delaySamples = this.window - 1;
    this.releasePart = 1 - Math.exp(-1000 / (RELEASE_MS * sampleRate));
    this.delayed = new Int32Array(this.window);
    this.gains = new Float64Array(this.window).fill(1);
    this.gainSum = this.window;
    this.needs = new Float64Array(this.window);
    this.needsAt = new Float64Array(this.window);
  }

  /** Limits as many sums as `output` is long. Allocates nothing. */
  process(sums: Int32Array, output: Int16Array): void {
    for (let i = 0; i < output.length; i++) output[i] = this.next(sums[i] as number);
  }

  private next(sum: number): number {
    const size = Math.abs(sum);
    const least = this.leastGain(size > CEILING ? CEILING / size : 1);
    // Down at once, because the mean below makes the slope; up slowly.
    this.gain = Math.min(least, this.gain + (1 - this.gain) * this.releasePart);
    if (this.gain > NEARLY_ONE && least === 1) this.gain = 1;

    const { at, window, gains, delayed } = this;
    this.gainSum += this.gain - (gains[at] as number);
    gains[at] = this.gain;
    delayed[at] = sum;
    this.at = at + 1 === window ? 0 : at + 1;
    const limited = Math.round(((delayed[this.at] as number) * this.gainSum) / window);
    // The sum of the gains is exact to many digits, but not to the last one.
    return limited > CEILING ? CEILING : limited < -CEILING - 1 ? -CEILING - 1 : limited;
  }

  /** The least gain that a sample of the window needs, the new one included. */
  private leastGain(need: number): number {
    const { needs, needsAt, window } = this;
    const now = this.sample++;
    while (this.count > 0 && (needs[(this.first + this.count - 1) % window] as number) >= need) this.count--;
    if (this.count > 0 && (needsAt[this.first] as number) <= now - window) {
      this.first = (this.first + 1) % window;
      this.count--;
    }
    const last = (this.first + this.count++) % window;
    needs[last] = need;
    needsAt[last] = now;
    return needs[this.first] as number;
  }
}
