import { NO_USAGE } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { budgetShare, budgetState, dollars, tokensWords, totalTokens } from './usage-words.ts';

describe('what Gemini has used, in words', () => {
  it.each([
    [0, '$0.00'],
    [0.00314, '$0.0031'],
    [0.0999, '$0.0999'],
    [1.239, '$1.24'],
    [1_234.5, '$1,234.50'],
  ])('%d dollars are %s', (usd, words) => {
    expect(dollars(usd)).toBe(words);
  });

  it('counts tokens shortly', () => {
    expect([950, 1_234, 2_500_000].map(tokensWords)).toEqual(['950', '1.2K', '2.5M']);
  });

  it('sums every modality of both directions', () => {
    const usage = {
      ...NO_USAGE,
      input: { text: 1, audio: 20, image: 300 },
      output: { text: 4_000, audio: 50_000, image: 0 },
    };
    expect(totalTokens(usage)).toBe(54_321);
  });

  it.each([
    [0.79, 'fine'],
    [0.8, 'low'],
    [0.999, 'low'],
    [1, 'used-up'],
  ])('a share of %d is %s', (share, state) => {
    expect(budgetState(share)).toBe(state);
  });

  it('knows no share without a budget', () => {
    expect(budgetShare({ ...NO_USAGE, costUsd: 3 }, null)).toBeUndefined();
    expect(budgetShare({ ...NO_USAGE, costUsd: 3 }, 4)).toBe(0.75);
  });
});
