import type { LiveUsage } from '@studio/contracts';

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const CENTS = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const SMALL = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
});

/** `1.2K` of 1,234. */
export function tokensWords(tokens: number): string {
  return COMPACT.format(tokens);
}

/** Below ten cents with hundredths of a cent: a short conversation costs no more. */
export function dollars(usd: number): string {
  return (usd > 0 && usd < 0.1 ? SMALL : CENTS).format(usd);
}

export function totalTokens({ input, output }: LiveUsage): number {
  return [input, output].reduce((sum, { text, audio, image }) => sum + text + audio + image, 0);
}

/** How much of the budget is used, 1 is all of it; undefined without a budget. */
export function budgetShare({ costUsd }: LiveUsage, budgetUsd: number | null): number | undefined {
  return budgetUsd === null ? undefined : costUsd / budgetUsd;
}

export type BudgetState = 'fine' | 'low' | 'used-up';

/** From 80 % on it is low; at 100 % Gemini stops. */
export function budgetState(share: number): BudgetState {
  if (share >= 1) return 'used-up';
  return share >= 0.8 ? 'low' : 'fine';
}

export const BUDGET_WORDS: Record<BudgetState, string> = {
  fine: 'of the budget is used.',
  low: 'of the budget is used. At 100 % Gemini stops; the room goes on.',
  'used-up': 'of the budget is used. Gemini has stopped; the room goes on.',
};
