import type { Event } from '@studio/contracts';

/** The joins after which these events (in order) do not say that the person has left. */
export function saidInside(events: readonly Event[]): Event[] {
  const inside = new Map<string, Event>();
  for (const event of events) {
    if (event.body.type === 'participant.joined') inside.set(event.actor.id, event);
    else if (event.body.type === 'participant.left') inside.delete(event.actor.id);
  }
  return [...inside.values()];
}
