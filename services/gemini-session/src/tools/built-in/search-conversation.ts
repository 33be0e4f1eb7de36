import type { Event } from '@studio/contracts';
import * as z from 'zod';
import { defineTool } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { mostRelevant, namesMatch } from './relevance.ts';

/** Events that are looked through, the newest ones: a day of lively conversation. */
const MOST_EVENTS = 5_000;
const PAGE = 500;
/** Most text of one line that is answered, in characters. */
const LINE_CHARACTERS = 600;

interface SaidLine {
  readonly who: string;
  /** ISO 8601. */
  readonly when: string;
  readonly text: string;
}

const parameters = z.object({
  query: z.string().trim().min(1).max(200).describe('Words to look for, such as: budget for the new office'),
  person: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .optional()
    .describe('Only what this person said; a part of the name is enough'),
  limit: z.int().min(1).max(20).default(5).describe('How many lines at most'),
});

export const searchConversation = defineTool({
  name: 'search_conversation',
  description:
    'Searches everything that was said and typed in this room before, also long ago, and tells who said it and when. Use it when somebody asks what was said or decided earlier.',
  parameters,
  run: async ({ query, person, limit }, room, signal) => {
    const { lines, complete } = await linesOf(room, signal);
    const asked = person === undefined ? lines : lines.filter(({ who }) => namesMatch(who, person));
    const found = mostRelevant(asked, query, limit).map((line) => ({ ...line, text: cut(line.text) }));
    return {
      found,
      linesSearched: asked.length,
      ...(!complete && {
        remark: `Only the latest ${MOST_EVENTS} events of the conversation were searched.`,
      }),
    };
  },
});

/** What was said, the oldest first; `complete`: from the very beginning. */
async function linesOf(
  room: ToolContext,
  signal: AbortSignal,
): Promise<{ lines: SaidLine[]; complete: boolean }> {
  const events: Event[] = [];
  let before: number | undefined;
  while (events.length < MOST_EVENTS && before !== 1) {
    signal.throwIfAborted();
    const page = await room.events(before, PAGE);
    if (page.events.length === 0) break;
    events.unshift(...page.events);
    before = page.events[0]?.seq;
  }
  return { lines: events.flatMap(said), complete: before === undefined || before === 1 };
}

function said({ at, actor, body }: Event): SaidLine[] {
  if (body.type !== 'chat' && body.type !== 'speech') return [];
  return [{ who: actor.name, when: new Date(at).toISOString(), text: body.text }];
}

function cut(text: string): string {
  return text.length <= LINE_CHARACTERS ? text : `${text.slice(0, LINE_CHARACTERS)} …`;
}
