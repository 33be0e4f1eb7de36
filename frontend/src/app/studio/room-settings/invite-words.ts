import type { Invite } from '@studio/contracts';

/** For how long an invite can be made: hours, or null for ever. */
export const LASTING: readonly { readonly hours: number | null; readonly title: string }[] = [
  { hours: 1, title: '1 hour' },
  { hours: 24, title: '1 day' },
  { hours: 24 * 7, title: '7 days' },
  { hours: 24 * 30, title: '30 days' },
  { hours: null, title: 'Until you take it back' },
];

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** When an invite ends, as seen from `now` in milliseconds since the epoch. */
export function endWords({ expiresAt }: Invite, now: number, locale?: string): string {
  if (expiresAt === null) return 'does not expire';
  const left = expiresAt - now;
  if (left <= 0) return 'expired';
  const [unit, length] = UNITS.find(([, size]) => left >= size) ?? (['minute', 60_000] as const);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  return `expires ${format.format(Math.max(1, Math.round(left / length)), unit)}`;
}
