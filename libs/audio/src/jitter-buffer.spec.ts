import { describe, expect, it } from 'vitest';
import { JitterBuffer } from './jitter-buffer.ts';

const BLOCK = 20;
const newBuffer = () => new JitterBuffer({ block: BLOCK, delay: 3 * BLOCK, capacity: 50 * BLOCK });

/** The frame with this number: loud, and different from every other. */
const frame = (n: number) => new Int16Array(BLOCK).fill(1_000 + n);

/** Which frames are given out in each block: their numbers, or nothing. `arrivals`: when each frame comes, in blocks. */
function play(arrivals: readonly number[], blocks: number, make = frame) {
  const buffer = newBuffer();
  const played: (number | undefined)[] = [];
  for (let at = 0; at < blocks; at++) {
    arrivals.forEach((arrival, n) => arrival === at && buffer.push(make(n)));
    const sums = new Int32Array(BLOCK);
    buffer.addTo(sums);
    played.push(sums[0] === 0 ? undefined : sums[0]! - 1_000);
  }
  return played;
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const heard = (played: readonly (number | undefined)[]) => played.filter((n) => n !== undefined);

describe('the jitter buffer', () => {
  it('gives frames that come in order without a gap, after a short delay', () => {
    const played = play(numbers(40), 45);
    expect(played.slice(0, 2)).toEqual([undefined, undefined]);
    expect(played.slice(2, 42)).toEqual(numbers(40));
  });

  it('evens out what comes early or late by less than its delay', () => {
    const arrivals = numbers(40).map((n) => n + [0, 1, 1, 2, 1, 0][n % 6]!);
    const played = play(arrivals, 50);
    const first = played.indexOf(0);
    expect(played.slice(first, first + 40)).toEqual(numbers(40));
  });

  it('loses nothing of a burst after a hole, and fills the hole with silence', () => {
    const arrivals = numbers(60).map((n) => (n >= 10 && n < 30 ? 30 : n));
    expect(heard(play(arrivals, 120))).toEqual(numbers(60));
  });

  it('gives a single frame too, that nothing follows', () => {
    expect(heard(play([0], 10))).toEqual([0]);
  });

  it('leaves quiet blocks out until a delay that has grown is short again', () => {
    const quiet = (n: number) => (n >= 30 && n < 80 ? new Int16Array(BLOCK).fill(100) : frame(n));
    const arrivals = numbers(100).map((n) => (n < 25 ? 25 : n));
    const buffer = newBuffer();
    const sums = new Int32Array(BLOCK);
    for (let at = 0; at < 100; at++) {
      arrivals.forEach((arrival, n) => arrival === at && buffer.push(quiet(n)));
      buffer.addTo(sums.fill(0));
    }
    expect(buffer.buffered).toBeLessThanOrEqual(3 * BLOCK);
  });

  it('keeps the newest when more comes than it holds', () => {
    const buffer = newBuffer();
    for (const n of numbers(70)) buffer.push(frame(n));
    const sums = new Int32Array(BLOCK);
    buffer.addTo(sums);
    expect(sums[0]).toBe(1_000 + 20);
    expect(buffer.buffered).toBe(49 * BLOCK);
  });

  it('holds its delay over ten minutes against clocks that differ by 100 ppm', () => {
    for (const drift of [1 + 1e-4, 1 - 1e-4]) {
      const buffer = newBuffer();
      const sums = new Int32Array(BLOCK);
      let sent = 0;
      let lost = 0;
      for (let at = 0; at < 30_000; at++) {
        for (; sent <= at * drift; sent++) buffer.push(sent % 50 < 10 ? new Int16Array(BLOCK) : frame(0));
        lost += buffer.addTo(sums.fill(0)) ? 0 : 1;
        expect(buffer.buffered).toBeLessThanOrEqual(5 * BLOCK);
      }
      expect(lost).toBeLessThanOrEqual(10);
    }
  });
});
