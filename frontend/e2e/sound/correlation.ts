import { transform } from './fft.ts';

/** Where a pattern fits best in a signal, and how well. */
export interface Fit {
  /** Normalised cross-correlation, -1 to 1: 1 when the signal holds the pattern, however loud. */
  correlation: number;
  /** Index of the signal's sample on which the pattern's first one lies. */
  at: number;
}

/** The best fit of a pattern over all places in a signal of the same sample rate. */
export function bestFit(signal: Float32Array, pattern: Float32Array): Fit {
  const places = signal.length - pattern.length + 1;
  const patternEnergy = energy(pattern);
  if (places < 1 || patternEnergy === 0) return { correlation: 0, at: 0 };
  const products = slidingProducts(signal, pattern);
  // Energy of the signal under the pattern, carried along.
  let under = energy(signal.subarray(0, pattern.length));
  // Where there is next to nothing, noise may look like anything.
  const least = (energy(signal) / signal.length) * pattern.length * 0.01;
  let best: Fit = { correlation: 0, at: 0 };
  for (let at = 0; at < places; at += 1) {
    if (under > least) {
      const correlation = products[at]! / Math.sqrt(under * patternEnergy);
      if (correlation > best.correlation) best = { correlation, at };
    }
    const next = signal[at + pattern.length] ?? 0;
    under += next * next - signal[at]! * signal[at]!;
  }
  return best;
}

/** For every place, the sum of the products of the pattern's samples and those of the signal under it. */
function slidingProducts(signal: Float32Array, pattern: Float32Array): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(signal.length + pattern.length));
  const [a, b] = [new Float64Array(size), new Float64Array(size)];
  const [ai, bi] = [new Float64Array(size), new Float64Array(size)];
  a.set(signal);
  b.set(pattern);
  transform(a, ai, false);
  transform(b, bi, false);
  for (let index = 0; index < size; index += 1) {
    const re = a[index]! * b[index]! + ai[index]! * bi[index]!;
    ai[index] = ai[index]! * b[index]! - a[index]! * bi[index]!;
    a[index] = re;
  }
  transform(a, ai, true);
  return a.map((value) => value / size);
}

function energy(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
