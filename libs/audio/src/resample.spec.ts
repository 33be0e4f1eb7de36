import { describe, expect, it } from 'vitest';
import { Resampler } from './resample.ts';

const sine = (frequency: number, rate: number, seconds = 0.5) =>
  Float32Array.from(
    { length: rate * seconds },
    (_, i) => 0.8 * Math.sin((2 * Math.PI * frequency * i) / rate),
  );

function resample(input: Float32Array, from: number, to: number): Float32Array {
  const resampler = new Resampler(from, to);
  return Float32Array.of(...resampler.process(input), ...resampler.flush());
}

const power = (samples: Float32Array) =>
  samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
const decibel = (ratio: number) => 10 * Math.log10(ratio);
const settled = (samples: Float32Array) => samples.subarray(samples.length >> 2, (samples.length * 3) >> 2);

/** Signal to everything else, dB: the best-fitting sine of this frequency against what it leaves. */
function signalToNoise(samples: Float32Array, frequency: number, rate: number): number {
  let [ss, sc, cc, ys, yc] = [0, 0, 0, 0, 0];
  samples.forEach((y, i) => {
    const s = Math.sin((2 * Math.PI * frequency * i) / rate);
    const c = Math.cos((2 * Math.PI * frequency * i) / rate);
    ss += s * s;
    sc += s * c;
    cc += c * c;
    ys += y * s;
    yc += y * c;
  });
  const determinant = ss * cc - sc * sc;
  const a = (ys * cc - yc * sc) / determinant;
  const b = (yc * ss - ys * sc) / determinant;
  const rest = samples.map(
    (y, i) =>
      y -
      a * Math.sin((2 * Math.PI * frequency * i) / rate) -
      b * Math.cos((2 * Math.PI * frequency * i) / rate),
  );
  return decibel(power(samples) / power(rest));
}

describe('Resampler', () => {
  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [22_050, 24_000],
    [16_000, 24_000],
    [8_000, 16_000],
  ])('keeps tones in the band from %i to %i Hz at 70 dB or more over everything else', (from, to) => {
    for (const part of [0.05, 0.4, 0.8]) {
      const frequency = Math.round((Math.min(from, to) / 2) * part);
      const output = settled(resample(sine(frequency, from), from, to));
      expect(signalToNoise(output, frequency, to)).toBeGreaterThan(70);
      expect(decibel(power(output) / 0.32)).toBeCloseTo(0, 1);
    }
  });

  it('lets nothing above the new Nyquist frequency fold back: 70 dB down', () => {
    for (const frequency of [8_800, 11_000, 15_500, 23_000]) {
      const output = settled(resample(sine(frequency, 48_000), 48_000, 16_000));
      expect(decibel(power(output) / 0.32)).toBeLessThan(-70);
    }
  });

  it('gives the same output however the input is cut', () => {
    const input = sine(1_234, 44_100);
    const whole = resample(input, 44_100, 16_000);
    const resampler = new Resampler(44_100, 16_000);
    const parts: number[] = [];
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 331)
      parts.push(...resampler.process(input.subarray(at, at + size)));
    parts.push(...resampler.flush());
    expect(Float32Array.from(parts)).toEqual(whole);
  });

  it('gives as many samples as the ratio says, and the delay it names', () => {
    const resampler = new Resampler(48_000, 16_000);
    const click = new Float32Array(48_000);
    click[24_000] = 1;
    const output = Float32Array.of(...resampler.process(click), ...resampler.flush());
    const loudest = output.reduce((best, value, i) => (value > (output[best] as number) ? i : best), 0);
    expect((loudest / 16_000) * 1000).toBeCloseTo(500 + resampler.delayMs, 0);
    expect(output.length).toBe(Math.ceil((48_000 + 72) / 3));
  });

  it('passes samples on as they are when the rates are equal', () => {
    const input = sine(440, 16_000, 0.01);
    expect(resample(input, 16_000, 16_000)).toEqual(input);
  });

  it('refuses a rate that is none', () => {
    expect(() => new Resampler(0, 16_000)).toThrow(RangeError);
    expect(() => new Resampler(16_000, 0.5)).toThrow(RangeError);
  });
});
