import type { Event } from '@studio/contracts';
import type { Line } from './conversation-lines.ts';
import { eventLines } from './conversation-lines.ts';

/** The lines of the first event that is known: its day and itself. */
const FIRST = 2;

/**
 * Makes the events of a conversation into lines. It grows at both ends: what was made of the events that are in the middle is used again,
 * so that a page of history takes as long in a conversation of 100,000 lines as in a short one.
 */
export class LineMaker {
  #events: readonly Event[] = [];
  #lines: readonly Line[] = [];
  #selfId: string | undefined;

  /** @param events in order and without gaps; @param selfId id of the person who reads */
  lines(events: readonly Event[], selfId: string | undefined): readonly Line[] {
    this.#lines = this.#made(events, selfId);
    this.#events = events;
    this.#selfId = selfId;
    return this.#lines;
  }

  #made(events: readonly Event[], selfId: string | undefined): readonly Line[] {
    const [first, last] = [this.#events[0], this.#events.at(-1)];
    const begin = first && events[0] ? first.seq - events[0].seq : -1;
    const end = begin + this.#events.length;
    if (selfId !== this.#selfId || begin < 0 || events[begin] !== first || events[end - 1] !== last)
      return eventLines(events, selfId);
    const later = eventLines(events.slice(end), selfId, last);
    if (begin === 0) return later.length === 0 ? this.#lines : this.#lines.concat(later);
    // What came in front tells how the event that was the first one goes on.
    const earlier: readonly Line[] = eventLines(events.slice(0, begin + 1), selfId);
    return earlier.concat(this.#lines.slice(FIRST), later);
  }
}
