import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';
import { Mixer } from './mixer.ts';

const RATE = 16_000;
const BLOCK = 320;
const DELAY_BLOCKS = 3;

const newMixer = () => new Mixer(RATE, 20);

function noise(samples: number, amplitude: number, seed: number): Int16Array {
  let state = seed;
  return Int16Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.round(amplitude * (state / 0x80000000 - 1));
  });
}

/** What the mixer gives while each stream comes in frames of one block, in step. */
function mix(streams: readonly Int16Array[], blocks: number): Int16Array {
  const mixer = newMixer();
  const output = new Int16Array(blocks * BLOCK);
  for (let block = 0; block < blocks; block++) {
    streams.forEach((stream, source) => {
      const frame = stream.subarray(block * BLOCK, (block + 1) * BLOCK);
      if (frame.length > 0) mixer.push(source, frame);
    });
    mixer.mix(output.subarray(block * BLOCK, (block + 1) * BLOCK));
  }
  return output;
}

/** Where the first sample of a stream comes out. */
const DELAY = (DELAY_BLOCKS - 1) * BLOCK + new Limiter(RATE).delaySamples;

describe('the mixer', () => {
  it('is the sum of its sources where that fits, sample for sample', () => {
    const stream = fc.record({
      amplitude: fc.integer({ min: 0, max: 8_000 }),
      seed: fc.integer({ min: 1, max: 0xffff }),
    });
    fc.assert(
      fc.property(fc.array(stream, { minLength: 1, maxLength: 4 }), (specs) => {
        const streams = specs.map(({ amplitude, seed }) => noise(10 * BLOCK, amplitude, seed));
        const output = mix(streams, 15);
        const sums = streams[0]!.map((_, i) => streams.reduce((sum, one) => sum + one[i]!, 0));
        expect([...output.subarray(DELAY, DELAY + sums.length)]).toEqual([...sums]);
      }),
      { numRuns: 30 },
    );
  });

  it('never exceeds full scale with fifty who shout at once, and does not clip them either', () => {
    const streams = Array.from({ length: 50 }, (_, i) => noise(50 * BLOCK, 32_767, i + 1));
    const output = mix(streams, 55);
    expect(Math.max(...output.map(Math.abs))).toBeLessThanOrEqual(32_767);
    const atCeiling = output.filter((value) => Math.abs(value) === 32_767).length;
    expect(atCeiling / output.length).toBeLessThan(0.01);
  });

  it('is silence without sources, and after the last one has ended', () => {
    expect(mix([], 10).every((value) => value === 0)).toBe(true);
    const output = mix([noise(5 * BLOCK, 9_000, 3)], 30);
    expect(output.subarray(DELAY + 5 * BLOCK).every((value) => value === 0)).toBe(true);
  });

  it('knows for how many blocks everybody has sent enough', () => {
    const mixer = newMixer();
    expect(mixer.ready).toBe(Infinity);
    mixer.push(1, noise(6 * BLOCK, 9_000, 1));
    mixer.push(2, noise(4 * BLOCK, 9_000, 2));
    expect(mixer.ready).toBe(Infinity);
    mixer.mix(new Int16Array(BLOCK));
    expect(mixer.ready).toBe(3);
  });

  it('does not let a source that has stopped hold up the others', () => {
    const [short, long] = [noise(5 * BLOCK, 9_000, 1), noise(40 * BLOCK, 9_000, 2)];
    const output = mix([short, long], 45);
    expect([...output.subarray(DELAY + 6 * BLOCK, DELAY + 40 * BLOCK)]).toEqual([
      ...long.subarray(6 * BLOCK),
    ]);
  });
});
