const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * The time before which a room's events are deleted, milliseconds since the epoch: by the shorter of the days that the room wants and of
 * the most that the studio allows. Undefined when neither is set.
 */
export function cutoffOf(
  now: number,
  roomDays: number | null,
  mostDays: number | undefined,
): number | undefined {
  const days = Math.min(roomDays ?? Infinity, mostDays ?? Infinity);
  return days === Infinity ? undefined : now - days * DAY_MS;
}

/** The same for all cutoffs of one day (UTC), such as `20260930`. */
export function dayOf(cutoff: number): string {
  return new Date(cutoff).toISOString().slice(0, 10).replaceAll('-', '');
}
