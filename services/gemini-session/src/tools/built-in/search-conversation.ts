import { setImmediate } from 'node:timers/promises';
import type { Event } from '@studio/contracts';
import * as z from 'zod';
import { defineTool } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { findable, mostRelevant, namesMatch } from './relevance.ts';
import type { Findable } from './relevance.ts';

/** Events that are looked through, the newest ones: a day of lively conversation. */
const MOST_EVENTS = 5_000;
/** Others in this process get their turn between two pages: one takes a few milliseconds. */
const PAGE = 200;
/** Most text of one line that is answered, in characters. */
const LINE_CHARACTERS = 600;

interface SaidLine extends Findable {
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
    const found = mostRelevant(asked, query, limit).map(({ who, when, text }) => ({
      who,
      when,
      text: cut(text),
    }));
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
  const pages: SaidLine[][] = [];
  let before: number | undefined;
  for (let searched = 0; searched < MOST_EVENTS && before !== 1;) {
    await setImmediate(undefined, { signal });
    const { events } = await room.events(before, PAGE);
    if (events.length === 0) break;
    pages.unshift(events.flatMap(said));
    searched += events.length;
    before = events[0]?.seq;
  }
  return { lines: pages.flat(), complete: before === undefined || before === 1 };
}

function said({ at, actor, body }: Event): SaidLine[] {
  if (body.type !== 'chat' && body.type !== 'speech') return [];
  return [{ who: actor.name, when: new Date(at).toISOString(), text: body.text, ...findable(body.text) }];
}

function cut(text: string): string {
  return text.length <= LINE_CHARACTERS ? text : `${text.slice(0, LINE_CHARACTERS)} …`;
}
