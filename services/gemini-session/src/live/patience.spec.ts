import { expect, it } from 'vitest';
import { Patience } from './patience.ts';

it('is over after four failures in a row, or after eight seconds of them, and is renewed by a connection that lived', () => {
  const patience = new Patience();
  for (const now of [0, 1, 2]) patience.failed(now);
  expect(patience.over(3)).toBe(false);
  patience.failed(3);
  expect(patience.over(3)).toBe(true);
  patience.renew();
  expect(patience.failures).toBe(0);
  patience.failed(10_000);
  expect(patience.over(17_999)).toBe(false);
  expect(patience.over(18_000)).toBe(true);
});

it('takes a connection that never gets ready for a slow one six times', () => {
  const patience = new Patience();
  const taken = Array.from({ length: 7 }, () => {
    const { withSlow } = patience;
    patience.failed(0);
    return withSlow;
  });
  expect(taken).toEqual([true, true, true, true, true, true, false]);
});
