import { GEMINI_ID } from '@studio/contracts';
import type { Event } from '@studio/contracts';

/** Events that a new session is told. */
export const CONTEXT_EVENTS = 50;
/** Most text that a new session is told, in characters: about 4,000 tokens. */
const MOST_CHARACTERS = 16_000;
const MOST_LINE_CHARACTERS = 2_000;
/** A typed line older than this waits for no answer any more. */
const RECENT_MS = 30_000;

/** A typed line as Gemini is told it; undefined for other events. */
export function typedLine(event: Event): string | undefined {
  if (event.actor.kind !== 'person' || event.body.type !== 'chat') return undefined;
  return `${event.actor.name}: ${event.body.text}`;
}

/** The typed lines, among events in order, that Gemini has not answered and that are recent enough to wait for an answer. */
export function awaitingAnswer(events: readonly Event[], now: number): Event[] {
  const answered = events.findLastIndex(({ actor }) => actor.id === GEMINI_ID) + 1;
  return events
    .slice(answered)
    .filter((event) => now - event.at < RECENT_MS && typedLine(event) !== undefined);
}

/** What a new session must know of these events (in order): a bounded text of the latest lines; undefined when nothing was said. */
export function contextOf(events: readonly Event[]): string | undefined {
  const lines = latest(events.flatMap(lineOf));
  if (lines.length === 0) return undefined;
  return [
    '(You are entering a meeting that goes on. What was said so far, in order:)',
    ...lines,
    '(End of what was said so far. Do not answer it; wait for what comes next.)',
  ].join('\n');
}

function lineOf({ actor, body }: Event): string[] {
  switch (body.type) {
    case 'chat':
      return [`${actor.name}: ${body.text}`];
    case 'speech':
      return [`${actor.name} said: ${body.text}`];
    case 'participant.joined':
      return [`(${actor.name} joined)`];
    case 'participant.left':
      return [`(${actor.name} left)`];
    case 'room.created':
      return [`(The meeting is called "${body.name}")`];
    case 'gemini.notice':
      return [];
  }
}

/** The last lines that fit. */
function latest(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines.toReversed()) {
    const short = line.slice(0, MOST_LINE_CHARACTERS);
    characters += short.length;
    if (characters > MOST_CHARACTERS) break;
    kept.unshift(short);
  }
  return kept;
}
