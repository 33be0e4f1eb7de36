import type { Event, EventPage } from '@studio/contracts';

/** A part of a conversation somewhere in its past, in order and without gaps. Never changed in place; never empty. */
export interface Excerpt {
  readonly events: readonly Event[];
  /** Sequence of the oldest event that is kept. */
  readonly oldest: number;
  /** Sequence of the newest one, as far as it is known here. */
  readonly head: number;
}

/** Undefined when there is nothing in these pages. */
export function excerptOf(...pages: readonly EventPage[]): Excerpt | undefined {
  const events = pages.flatMap((page) => page.events);
  const last = pages.at(-1);
  return last && events.length > 0 ? { events, oldest: last.first, head: last.head } : undefined;
}

export function firstOf({ events }: Excerpt): number {
  return events[0]?.seq ?? 1;
}

export function lastOf({ events }: Excerpt): number {
  return events.at(-1)?.seq ?? 0;
}

/** With the page before it. An empty one means that there is nothing more. */
export function withEarlier(excerpt: Excerpt, { events, first, head }: EventPage): Excerpt {
  const begin = firstOf(excerpt);
  const earlier = events.filter(({ seq }) => seq < begin);
  return {
    events: [...earlier, ...excerpt.events],
    oldest: earlier.length > 0 ? first : begin,
    head: Math.max(head, excerpt.head),
  };
}

/** With the page after it. */
export function withLater(excerpt: Excerpt, { events, first, head }: EventPage): Excerpt {
  const end = lastOf(excerpt);
  const later = events.filter(({ seq }) => seq > end);
  return {
    events: [...excerpt.events, ...later],
    oldest: first,
    head: later.length > 0 ? head : end,
  };
}
