import { expect, it } from 'vitest';
import { Health } from './health.ts';

it('is well when every check holds, and names the ones that do not', () => {
  const health = new Health();
  expect(health.report()).toEqual({ ok: true, checks: {} });
  health.add('bus', () => true);
  health.add('presence', () => {
    throw new Error('not there');
  });
  expect(health.report()).toEqual({ ok: false, checks: { bus: true, presence: false } });
});
