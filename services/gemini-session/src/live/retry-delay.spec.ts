import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

it('doubles from 250 ms to 10 s, with up to a quarter of chance on top', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 500].map((failures) => retryDelayMs(failures, 0))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
  expect(retryDelayMs(500, 1)).toBe(12_500);
});
