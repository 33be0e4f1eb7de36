import * as z from 'zod';

const UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;
const FORM = /^(\d+(?:\.\d+)?) ?(ms|s|min|h)$/;

/** A length of time as it is written: a number of at least 0 and its unit, as in `500ms`, `1.5 s`, `10min`, `2h`. */
export const Duration = z
  .string()
  .regex(FORM, 'Write a duration with its unit: 500ms, 1.5s, 10min or 2h')
  .transform(milliseconds);

function milliseconds(written: string): number {
  const [, amount = '', unit = ''] = FORM.exec(written) ?? [];
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
