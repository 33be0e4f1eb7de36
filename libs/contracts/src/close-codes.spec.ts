import { expect, it } from 'vitest';
import { CLOSE, closeByCode, comesBack } from './close-codes.ts';

it('tells by the range of a code whether to come back, and the table agrees', () => {
  for (const close of Object.values(CLOSE)) {
    expect(comesBack(close.code)).toBe(close.retryMs !== null);
    expect(closeByCode(close.code)).toBe(close);
  }
  expect(comesBack(1006)).toBe(true);
  expect(closeByCode(1006)).toBeUndefined();
});

it('gives every code once, and a reason that fits a close frame', () => {
  const codes = Object.values(CLOSE).map((close) => close.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const close of Object.values(CLOSE))
    expect(new TextEncoder().encode(close.reason).length).toBeLessThan(124);
});
