import { describe, expect, it } from 'vitest';
import { decodeWav, encodeWav } from './wav.ts';

const samples = Int16Array.of(0, 1, -1, 32_767, -32_768);

describe('WAV', () => {
  it('comes back as it was written, from any offset', () => {
    const file = encodeWav({ sampleRate: 22_050, samples });
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(decodeWav(shifted.subarray(1))).toEqual({ sampleRate: 22_050, samples });
  });

  it('passes over chunks it does not know and takes the first of two channels', () => {
    const file = encodeWav({ sampleRate: 8_000, samples: Int16Array.of(1, 101, 2, 102) });
    new DataView(file.buffer).setUint16(22, 2, true);
    const list = Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0);
    const withList = Uint8Array.of(...file.subarray(0, 12), ...list, ...file.subarray(12));
    expect([...decodeWav(withList).samples]).toEqual([1, 2]);
  });

  it('reads up to the end when a streaming writer left the size open', () => {
    const file = encodeWav({ sampleRate: 8_000, samples });
    new DataView(file.buffer).setUint32(40, 0xffffffff, true);
    expect(decodeWav(file).samples).toEqual(samples);
  });

  it('refuses every cut of the header, other formats and other files, with a RangeError only', () => {
    const file = encodeWav({ sampleRate: 8_000, samples });
    for (let length = 0; length < 44; length++)
      expect(() => decodeWav(file.slice(0, length))).toThrow(RangeError);
    const floats = file.slice();
    floats[20] = 3;
    expect(() => decodeWav(floats)).toThrow(RangeError);
    expect(() => decodeWav(new Uint8Array(100))).toThrow(RangeError);
  });
});
