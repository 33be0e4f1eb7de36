import type { LiveUsage } from '@studio/contracts';
import * as z from 'zod';
import { plus } from './bill.ts';
import type { Bill } from './bill.ts';

const Price = z.number().nonnegative();

/** US dollars per million tokens. */
export const Prices = z.strictObject({
  input: z.strictObject({ text: Price, audio: Price, image: Price }),
  output: z.strictObject({ text: Price, audio: Price }),
});
export type Prices = z.infer<typeof Prices>;

/** By the id of the model. */
export type PriceTable = Readonly<Record<string, Prices>>;

/** Prices of an operator: JSON of a {@link PriceTable}. */
export const PricesSetting = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), Prices));

const LIVE_3_8: Prices = {
  input: { text: 0.75, audio: 3, image: 1 },
  output: { text: 4.5, audio: 12 },
};

/** Google's price list (ai.google.dev/gemini-api/docs/pricing, October 2026). What a search with Google costs is not in it. */
const PUBLISHED: PriceTable = { 'gemini-3.8-live': LIVE_3_8 };

/** What a model costs; `known`: otherwise these are the prices of Gemini 3.8 Live, the nearest that are known. */
export function pricesOf(model: string, own: PriceTable): { prices: Prices; known: boolean } {
  const prices = own[model] ?? PUBLISHED[model];
  return { prices: prices ?? LIVE_3_8, known: prices !== undefined };
}

/** US dollars. Pictures are never put out. */
export function costOf({ input, output }: Bill, { input: taken, output: given }: Prices): number {
  const millionths =
    input.text * taken.text +
    input.audio * taken.audio +
    input.image * taken.image +
    (output.text + output.image) * given.text +
    output.audio * given.audio;
  return millionths / 1_000_000;
}

/** What has been used when `bill` comes to it. */
export function withBill(usage: LiveUsage, bill: Bill, prices: Prices): LiveUsage {
  return { ...plus(usage, bill), costUsd: usage.costUsd + costOf(bill, prices) };
}
