/** From this part of the budget on people are warned. */
const NEAR = 0.8;

export type BudgetState = 'fine' | 'near' | 'used up';

/** How a cost stands to the budget of the room; null: there is no limit. */
export function budgetState(costUsd: number, budgetUsd: number | null): BudgetState {
  if (budgetUsd === null || costUsd < budgetUsd * NEAR) return 'fine';
  return costUsd < budgetUsd ? 'near' : 'used up';
}

/** Why there is no Gemini when the budget is used up. */
export const USED_UP = 'The budget of this room for Gemini is used up.';

export interface BudgetNotice {
  /** The same for the same budget, so that it is told once, whichever process tells it. */
  readonly key: string;
  readonly text: string;
}

/** What people are told about it, in plain words; undefined when all is fine. */
export function budgetNotice(costUsd: number, budgetUsd: number | null): BudgetNotice | undefined {
  const state = budgetState(costUsd, budgetUsd);
  if (budgetUsd === null || state === 'fine') return undefined;
  const of = `about ${dollars(costUsd)} of ${dollars(budgetUsd)}`;
  return state === 'near'
    ? { key: `notice:budget-near:${budgetUsd}`, text: `Gemini has used ${of} of this room's budget.` }
    : {
        key: `notice:budget-used:${budgetUsd}`,
        text: `${USED_UP} It has cost ${of}. Gemini comes back when an owner or moderator raises the budget.`,
      };
}

function dollars(amount: number): string {
  return `$${amount < 1 ? amount.toPrecision(2) : amount.toFixed(2)}`;
}
