import { StudioError } from '@studio/contracts';
import type { Event, EventPage } from '@studio/contracts';

/**
 * Every event that a room has when the reading begins, in order and page by page: a page is read when the one before has been used.
 * @param read the events after a sequence
 * @throws StudioError internal when the conversation has a gap, and what reading throws
 */
export async function* conversationEvents(
  read: (after: number) => Promise<EventPage>,
): AsyncGenerator<Event> {
  let after = 0;
  let end = Infinity;
  while (after < end) {
    const { events, head, first } = await read(after);
    end = Math.min(end, head);
    // Retention may have deleted what came next.
    after = Math.max(after, first - 1);
    if (events.length === 0 && after < end) throw gapAfter(after);
    for (const event of events) {
      if (event.seq > end) return;
      if (event.seq <= after) continue;
      if (event.seq !== after + 1) throw gapAfter(after);
      yield event;
      after = event.seq;
    }
  }
}

function gapAfter(seq: number): StudioError {
  return new StudioError('internal', `The conversation cannot be read after event ${seq}.`);
}
