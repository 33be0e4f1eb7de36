import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time.ts';

const NOW = 1_800_000_000_000;

describe('a moment in words', () => {
  it.each([
    [0, 'just now'],
    [-5_000, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 minute ago'],
    [59 * 60_000, '59 minutes ago'],
    [3 * 3_600_000, '3 hours ago'],
    [86_400_000, 'yesterday'],
    [14 * 86_400_000, '2 weeks ago'],
  ])('%i ms ago is %j', (ago, words) => {
    expect(relativeTime(NOW - ago, NOW, 'en')).toBe(words);
  });
});
