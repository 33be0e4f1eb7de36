import { expect, it } from 'vitest';
import { HandleTrust } from './handle-trust.ts';

const handle = (name: string) => ({ handle: name, model: 'm' });

it('gives a handle up when it has failed twice quickly, also when the second is a newer one', () => {
  const trust = new HandleTrust();
  expect(trust.endedAfter(0)).toBe(false);
  trust.renew(handle('a'));
  expect(trust.endedAfter(0)).toBe(false);
  expect(trust.for('m')).toBe('a');
  trust.renew(handle('b'));
  expect(trust.endedAfter(3_000)).toBe(true);
  expect(trust.for('m')).toBeUndefined();
});

it('forgives a quick end when the next connection lives', () => {
  const trust = new HandleTrust();
  trust.renew(handle('a'));
  trust.endedAfter(0);
  trust.endedAfter(600_000);
  expect(trust.endedAfter(0)).toBe(false);
  expect(trust.for('m')).toBe('a');
});

it('is for the model that the handle came with', () => {
  const trust = new HandleTrust();
  trust.renew(handle('a'));
  expect(trust.for('other')).toBeUndefined();
  expect(trust.for('m')).toBe('a');
});
