const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A past moment as seen from `now`, both in milliseconds since the epoch: "5 minutes ago", "yesterday". */
export function relativeTime(at: number, now: number, locale?: string): string {
  const seconds = Math.max(0, (now - at) / 1_000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1];
  if (unit === 'second') return 'just now';
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(seconds / length), unit);
}
