import type { CloseName, Event, Id, Role } from '@studio/contracts';

/** What an event means for the connections of a person. */
export type Decision =
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'mute' }
  | { readonly type: 'close'; readonly close: CloseName };

/** What was decided about a person, or about the whole room; undefined for what is only to be told. */
export function decisionFor({ body }: Event, userId: Id): Decision | undefined {
  switch (body.type) {
    case 'room.closed':
      return { type: 'close', close: 'roomClosed' };
    case 'participant.removed':
      return body.participant.id === userId ? { type: 'close', close: 'removed' } : undefined;
    case 'participant.role':
      return body.participant.id === userId ? { type: 'role', role: body.role } : undefined;
    case 'participant.muted':
      return body.participant.id === userId ? { type: 'mute' } : undefined;
    default:
      return undefined;
  }
}
