import { LIMITS } from '@studio/contracts';

/**
 * Where the events of a connection begin: after what the client has, or after all but the last page when it has nothing, has
 * missed more than is sent again or than is kept, or names an event that the room does not have. `first`: the oldest one that is kept.
 */
export function eventWindow(
  since: number | null,
  { first, head }: { first: number; head: number },
): { since: number; recovered: boolean } {
  const kept = first - 1;
  if (since !== null && since <= head && since >= Math.max(kept, head - LIMITS.recoverEvents)) {
    return { since, recovered: true };
  }
  return { since: Math.max(kept, head - LIMITS.historyPage), recovered: false };
}
