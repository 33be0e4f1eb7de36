import { expect, test } from 'vitest';
import { playwrightCounts, vitestCounts } from './reports.mjs';

const results = (...statuses: string[]) => statuses.map((status) => ({ status }));

test('a report of Vitest is counted by tests', () => {
  const testResults = [
    { status: 'passed', assertionResults: results('passed', 'passed', 'pending', 'todo') },
    { status: 'failed', assertionResults: results('passed', 'failed') },
  ];
  expect(vitestCounts({ testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a file that cannot be loaded is one failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(vitestCounts({ testResults })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a failed hook beside passed tests is one failure', () => {
  const testResults = [{ status: 'failed', assertionResults: results('passed') }];
  expect(vitestCounts({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a flaky test of Playwright has failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('an error outside of the tests of Playwright is a failure', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
  expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 1, skipped: 0 });
});
