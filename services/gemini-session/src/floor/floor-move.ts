import type { Actor, FloorAction, ParticipantId } from '@studio/contracts';
import type { FloorMove, Speaker } from './floor.ts';

/** What somebody's action means for the floor; undefined when it concerns somebody who is not in the room. */
export function floorMove(
  action: FloorAction,
  by: Speaker,
  person: (id: ParticipantId) => Actor | undefined,
): FloorMove | undefined {
  switch (action.action) {
    case 'press':
      return { action: 'press', by };
    case 'release':
      return { action: 'release', by, grant: action.grant };
    case 'raise':
    case 'lower':
      return { action: action.action, by: by.actor };
    case 'give': {
      const to = person(action.to);
      return to && { action: 'give', to };
    }
    case 'take':
      return { action: 'take' };
  }
}
