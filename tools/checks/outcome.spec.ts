import { expect, test } from 'vitest';
import { inWords, judged } from './outcome.mjs';

test('an outcome in words leaves out what is zero, except what passed', () => {
  expect(inWords({ passed: 0, failed: 0, skipped: 0, details: '' })).toBe('0 passed');
  expect(inWords({ passed: 3, failed: 1, skipped: 2, details: '' })).toBe('3 passed, 1 failed, 2 skipped');
});

test('a suite in which nothing ran has failed', () => {
  expect(judged({ passed: 0, failed: 0, skipped: 0, details: '' }, false).failed).toBe(1);
});

test('what was skipped fails in CI, and only there', () => {
  const outcome = { passed: 3, failed: 0, skipped: 2, details: '' };
  expect(judged(outcome, false)).toEqual(outcome);
  expect(judged(outcome, true)).toMatchObject({ passed: 3, failed: 2, skipped: 0 });
});
