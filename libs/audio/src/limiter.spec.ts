import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';

const RATE = 16_000;

/** The limited stream with its delay taken away, cut into blocks as the sizes say. */
function limit(sums: Int32Array, sizes: readonly number[] = [320]): Int16Array {
  const limiter = new Limiter(RATE);
  const input = new Int32Array(sums.length + limiter.delaySamples);
  input.set(sums);
  const output = new Int16Array(input.length);
  for (let at = 0, i = 0; at < input.length; i++) {
    const size = sizes[i % sizes.length] ?? input.length;
    limiter.process(input.subarray(at, at + size), output.subarray(at, at + size));
    at += size;
  }
  return output.subarray(limiter.delaySamples);
}

const tone = (seconds: number, hertz: number, amplitude: number) =>
  Int32Array.from({ length: seconds * RATE }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE)),
  );
const peakOf = (samples: ArrayLike<number>) => Math.max(...Array.from(samples, Math.abs));

describe('the limiter', () => {
  it('passes what fits through, sample for sample', () => {
    const sums = fc.array(fc.integer({ min: -32_767, max: 32_767 }), { maxLength: 500 });
    fc.assert(
      fc.property(sums, fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }), (values, sizes) => {
        expect([...limit(Int32Array.from(values), sizes)]).toEqual(values);
      }),
    );
  });

  it('never exceeds full scale, and never turns a sample over, whatever is summed', () => {
    const sums = fc.array(fc.oneof(fc.integer({ min: -7_000_000, max: 7_000_000 }), fc.constant(0)), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(sums, (values) => {
        const output = limit(Int32Array.from(values));
        values.forEach((value, i) => {
          expect(Math.abs(output[i]!)).toBeLessThanOrEqual(Math.min(32_767, Math.abs(value)));
          expect(output[i]! * value).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('keeps a loud tone a tone: no clipping, hardly any distortion', () => {
    const output = limit(tone(1, 220, 90_000));
    const settled = output.subarray(RATE / 2);
    expect(peakOf(settled)).toBeLessThanOrEqual(32_767);
    expect(peakOf(settled)).toBeGreaterThan(31_000);
    // What is left after the tone itself is taken out is below a hundredth of it.
    const [sine, cosine] = [Math.sin, Math.cos].map((wave) =>
      settled.reduce((sum, value, i) => sum + value * wave((2 * Math.PI * 220 * (i + RATE / 2)) / RATE), 0),
    ) as [number, number];
    const toneEnergy = (2 * (sine ** 2 + cosine ** 2)) / settled.length;
    const energy = settled.reduce((sum, value) => sum + value * value, 0);
    expect((energy - toneEnergy) / energy).toBeLessThan(1e-4);
  });

  it('comes back slowly enough not to pump, and fully', () => {
    const quiet = tone(6, 220, 10_000);
    const loud = Int32Array.from(quiet, (value, i) => (i < RATE ? value * 6 : value));
    const output = limit(loud);
    const peakAt = (seconds: number) => peakOf(output.subarray(seconds * RATE, (seconds + 0.02) * RATE));
    // Just after the loud part the gain is still low, a tenth of a second later it has moved by less than 2 dB.
    expect(peakAt(1.02)).toBeLessThan(6_500);
    expect(20 * Math.log10(peakAt(1.1) / peakAt(1.02))).toBeLessThan(2);
    expect([...output.subarray(5.5 * RATE)]).toEqual([...loud.subarray(5.5 * RATE)]);
  });
});
