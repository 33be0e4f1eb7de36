import type { FloorStatus, ParticipantId } from '@studio/contracts';

/**
 * What has become of somebody's press when the floor changes while they hold the button. `lost`: whoever kept the floor has begun anew and
 * does not know of it any more; `taken`: the floor has gone on, by a moderator or because nothing was heard.
 */
export function pressAfter(
  before: FloorStatus,
  after: FloorStatus,
  selfId: ParticipantId,
): 'kept' | 'lost' | 'taken' {
  if (after.holder === selfId || after.queue.includes(selfId)) return 'kept';
  if (before.holder === selfId) return after.grant < before.grant ? 'lost' : 'taken';
  // Nobody is sent away from the queue who presses: it can only have been forgotten.
  return before.queue.includes(selfId) ? 'lost' : 'kept';
}
