import { describe, expect, it } from 'vitest';
import { CaptureFramer, FRAME_SAMPLES } from './capture-framer.ts';

function sine(rate: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: rate * seconds },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / rate),
  );
}

function frames(rate: number, samples: Float32Array): Int16Array[] {
  const framer = new CaptureFramer(rate);
  const all: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += 128) all.push(...framer.push([samples.subarray(at, at + 128)]));
  return all;
}

describe('CaptureFramer', () => {
  it.each([48_000, 44_100, 16_000])('makes 50 frames of 20 ms out of a second at %i Hz', (rate) => {
    const made = frames(rate, sine(rate, 1));
    expect(made.length).toBeGreaterThanOrEqual(49);
    expect(made.length).toBeLessThanOrEqual(50);
    expect(made.every(({ length }) => length === FRAME_SAMPLES)).toBe(true);
  });

  it.each([48_000, 44_100])('keeps pitch and loudness from %i Hz', (rate) => {
    const samples = frames(rate, sine(rate, 1))
      .flatMap((frame) => Array.from(frame))
      .slice(1_600);
    const rms =
      Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) / 32_768;
    expect(rms).toBeCloseTo(0.5 / Math.SQRT2, 2);
    const rises = samples.filter((sample, i) => i > 0 && samples[i - 1]! < 0 && sample >= 0).length;
    expect(rises / (samples.length / 16_000)).toBeCloseTo(440, -1);
  });

  it('averages the channels', () => {
    const framer = new CaptureFramer(16_000);
    const [frame] = framer.push([new Float32Array(320).fill(0.5), new Float32Array(320).fill(0)]);
    expect(frame?.[100]).toBe(8_192);
  });

  it('makes nothing while no microphone is connected', () => {
    expect(new CaptureFramer(48_000).push([])).toEqual([]);
  });
});
