/** How far a level of sound lights up something, 0 to 1: people hear in decibels, so -50 dB is nothing and -14 dB everything. */
export function loudness(level: number): number {
  if (level <= 0) return 0;
  return Math.min(1, Math.max(0, (20 * Math.log10(level) + 50) / 36));
}
