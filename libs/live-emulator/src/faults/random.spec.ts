import { expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const first = (seed: number, count: number) => Array.from({ length: count }, seededRandom(seed));

it('gives the same numbers for the same seed, and others for another one', () => {
  expect(first(7, 20)).toEqual(first(7, 20));
  expect(first(7, 20)).not.toEqual(first(8, 20));
});

it('spreads evenly from 0 to below 1', () => {
  const numbers = first(1, 10_000);
  const quarters = [0, 0, 0, 0];
  for (const number of numbers) quarters[Math.floor(number * 4)]! += 1;
  expect(quarters.every((count) => count > 2300 && count < 2700)).toBe(true);
});
