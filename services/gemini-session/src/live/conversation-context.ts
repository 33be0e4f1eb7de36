import { GEMINI_ID } from '@studio/contracts';
import type { Event } from '@studio/contracts';

/** Events that a new session is told. */
export const CONTEXT_EVENTS = 50;
/** Most text that a new session is told, in characters: about 4,000 tokens. */
const MOST_CHARACTERS = 16_000;
const MOST_TURN_CHARACTERS = 2_000;
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

/** One turn of the conversation so far; `model` is what Gemini said. */
export interface ContextTurn {
  role: 'user' | 'model';
  text: string;
}

/** What a new session must know of these events (in order): a bounded part, the latest. */
export function contextOf(events: readonly Pick<Event, 'actor' | 'body'>[]): ContextTurn[] {
  const turns: ContextTurn[] = [];
  for (const { role, text } of latest(events.flatMap(turnOf))) {
    const last = turns.at(-1);
    if (last?.role === role) last.text += `\n${text}`;
    else turns.push({ role, text });
  }
  return turns;
}

function turnOf({ actor, body }: Pick<Event, 'actor' | 'body'>): ContextTurn[] {
  switch (body.type) {
    case 'chat':
    case 'speech': {
      if (actor.kind === 'ai') return [{ role: 'model', text: body.text }];
      const names = body.type === 'speech' && body.speakers?.map(({ name }) => name).join(' and ');
      return [{ role: 'user', text: `${names || actor.name}: ${body.text}` }];
    }
    case 'participant.joined':
      return [{ role: 'user', text: `(${actor.name} joined)` }];
    case 'participant.left':
      return [{ role: 'user', text: `(${actor.name} left)` }];
    case 'room.created':
    case 'gemini.notice':
    case 'tool.called':
    case 'live.settings':
    case 'room.changed':
    case 'room.closed':
    case 'room.reopened':
    case 'participant.role':
    case 'participant.removed':
    case 'participant.restored':
    case 'participant.muted':
    case 'conversation.expired':
      return [];
  }
}

/** The last turns that fit. */
function latest(turns: readonly ContextTurn[]): ContextTurn[] {
  const kept: ContextTurn[] = [];
  let characters = 0;
  for (const { role, text } of turns.toReversed()) {
    const short = text.slice(0, MOST_TURN_CHARACTERS);
    characters += short.length;
    if (characters > MOST_CHARACTERS) break;
    kept.unshift({ role, text: short });
  }
  return kept;
}
