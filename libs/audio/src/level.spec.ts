import { describe, expect, it } from 'vitest';
import { SILENCE_DBFS, peak, rmsDbfs } from './level.ts';

const sine = (amplitude: number) =>
  Int16Array.from(
    { length: 16_000 },
    (_, i) => amplitude * 32_768 * Math.sin((2 * Math.PI * 440 * i) / 16_000),
  );

describe('level', () => {
  it('of a sine of half the full scale is -9.03 dBFS, its peak 0.5', () => {
    expect(rmsDbfs(sine(0.5))).toBeCloseTo(-9.03, 1);
    expect(peak(sine(0.5))).toBeCloseTo(0.5, 2);
  });

  it('of the loudest square wave is 0 dBFS', () => {
    expect(rmsDbfs(Int16Array.of(-32_768, -32_768))).toBe(0);
    expect(peak(Int16Array.of(12, -32_768))).toBe(1);
  });

  it('of silence, and of nothing, is the least there is', () => {
    expect(rmsDbfs(new Int16Array(160))).toBe(SILENCE_DBFS);
    expect(rmsDbfs(new Int16Array(0))).toBe(SILENCE_DBFS);
    expect(peak(new Int16Array(0))).toBe(0);
  });
});
