import { describe, expect, it } from 'vitest';
import { bytesOf, samplesOf, toFloat32, toInt16 } from './pcm.ts';

describe('PCM bytes', () => {
  it('are read as little-endian samples', () => {
    expect([...samplesOf(Uint8Array.of(0x01, 0x00, 0x00, 0x80, 0xff, 0x7f))]).toEqual([1, -32_768, 32_767]);
  });

  it('are viewed, not copied, on an even offset', () => {
    const bytes = new Uint8Array(8).subarray(2);
    samplesOf(bytes)[0] = 258;
    expect([...bytes.subarray(0, 2)]).toEqual([2, 1]);
  });

  it('are copied on an odd offset, and an odd last byte is left out', () => {
    const whole = Uint8Array.of(9, 0x34, 0x12, 0x78, 0x56, 7);
    expect([...samplesOf(whole.subarray(1))]).toEqual([0x1234, 0x5678]);
  });

  it('are copied alone also from a Node Buffer, whose `slice` would share its pool', () => {
    const pool = Buffer.from(Uint8Array.of(9, 0x34, 0x12, 0x78, 0x56, 7, 8).buffer);
    expect([...samplesOf(pool.subarray(1, 5))]).toEqual([0x1234, 0x5678]);
  });

  it('come back from samples as a view of the same part', () => {
    const samples = Int16Array.of(1, 2, 3).subarray(1);
    expect([...bytesOf(samples)]).toEqual([2, 0, 3, 0]);
    expect(bytesOf(samples).buffer).toBe(samples.buffer);
  });
});

describe('float samples', () => {
  it('are clipped to full scale, and NaN is silence', () => {
    expect([...toInt16(Float32Array.of(1, 2, -1, -7, Number.NaN, 0.5))]).toEqual([
      32_767, 32_767, -32_768, -32_768, 0, 16_384,
    ]);
  });

  it('come back unchanged from 16 bits and to 16 bits', () => {
    const samples = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
    expect(toInt16(toFloat32(samples))).toEqual(samples);
  });
});
