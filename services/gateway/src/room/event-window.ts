import { LIMITS } from '@studio/contracts';

/**
 * Where the events of a connection begin: after what the client has, or after all but the last page when it has nothing, has
 * missed more than is sent again, or names an event that the room does not have.
 */
export function eventWindow(since: number | null, head: number): { since: number; recovered: boolean } {
  if (since !== null && since <= head && since >= head - LIMITS.recoverEvents) {
    return { since, recovered: true };
  }
  return { since: Math.max(0, head - LIMITS.historyPage), recovered: false };
}
