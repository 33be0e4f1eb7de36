import type { Actor, Event } from '@studio/contracts';

/** An event as a reader of an exported conversation sees it. */
export type Words =
  /** Something that was said. */
  | {
      readonly type: 'line';
      readonly who: string;
      readonly text: string;
      readonly spoken: boolean;
      readonly sources: readonly { readonly title: string; readonly uri: string }[];
    }
  /** Something that happened, as a sentence. */
  | { readonly type: 'note'; readonly text: string };

export function wordsOf({ actor, body }: Event): Words {
  const who = actor.name;
  switch (body.type) {
    case 'chat':
      return { type: 'line', who, text: body.text, spoken: false, sources: [] };
    case 'speech': {
      const text = body.interrupted ? `${body.text} …` : body.text;
      const speakers = namesOf(body.speakers ?? [actor]);
      return { type: 'line', who: speakers, text, spoken: true, sources: body.sources ?? [] };
    }
    case 'room.created':
      return note(`${who} created the room “${body.name}”.`);
    case 'participant.joined':
      return note(`${who} joined as ${body.role}.`);
    case 'participant.left':
      return note(body.reason === 'left' ? `${who} left.` : `${who} was disconnected.`);
    case 'participant.role':
      return note(`${who} made ${body.participant.name} ${body.role}.`);
    case 'participant.removed':
      return note(`${who} removed ${body.participant.name} from the room.`);
    case 'participant.restored':
      return note(`${who} took ${body.participant.name} back into the room.`);
    case 'participant.muted':
      return note(`${who} switched the microphone of ${body.participant.name} off.`);
    case 'room.changed':
      return note(`${who} changed the room: ${body.changes.join('; ')}.`);
    case 'room.closed':
      return note(`${who} closed the room.`);
    case 'room.reopened':
      return note(`${who} reopened the room.`);
    case 'live.settings':
      return note(`${who} changed how Gemini takes part: ${body.changes.join('; ')}.`);
    case 'tool.called':
      return note(`${who} used the tool ${body.name}: ${OUTCOMES[body.outcome]}.`);
    case 'conversation.expired':
      return note(`What was said before ${new Date(body.before).toISOString()} has been deleted.`);
    case 'gemini.notice':
      return note(body.text);
  }
}

const OUTCOMES = {
  ok: 'done',
  error: 'it failed',
  timeout: 'it took too long',
  cancelled: 'it was cancelled',
} as const;

function note(text: string): Words {
  return { type: 'note', text };
}

function namesOf(speakers: readonly Actor[]): string {
  return speakers.map(({ name }) => name).join(', ');
}
