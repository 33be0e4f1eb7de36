import { expect, test } from 'vitest';
import { newEnough } from './runtime.mjs';

test.each([
  ['20.20.2', false],
  ['22.21.9', false],
  ['22.22.0', true],
  ['24.0.1', true],
])('Node %s is new enough: %s', (version, enough) => {
  expect(newEnough(version)).toBe(enough);
});
