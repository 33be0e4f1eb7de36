import { expect, it } from 'vitest';
import { HandleTrust } from './handle-trust.ts';

it('gives a handle up when it has failed twice quickly, also when the second is a newer one', () => {
  const trust = new HandleTrust();
  expect(trust.endedAfter(0)).toBe(false);
  trust.renew('a');
  expect(trust.endedAfter(0)).toBe(false);
  expect(trust.handle).toBe('a');
  trust.renew('b');
  expect(trust.endedAfter(3_000)).toBe(true);
  expect(trust.handle).toBeUndefined();
});

it('forgives a quick end when the next connection lives', () => {
  const trust = new HandleTrust();
  trust.renew('a');
  trust.endedAfter(0);
  trust.endedAfter(600_000);
  expect(trust.endedAfter(0)).toBe(false);
  expect(trust.handle).toBe('a');
});
