import { shortened } from './phrases.ts';
import type { TurnPlan } from './plan.ts';

const REQUEST =
  /\b(?:search (?:the )?(?:web|internet|google)|search online|google|look up(?: online)?)\s+(?:for |about )?(\S.*?)[\s.?!]*$/i;
const QUERY = 80;

/** A search of the web where the text asks for one. What it finds is made up, and says so. */
export function wantedSearch(text: string): TurnPlan | null {
  const asked = REQUEST.exec(text)?.[1];
  if (asked === undefined) return null;
  const query = shortened(asked, QUERY);
  const page = query.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return {
    say: `I am offline and cannot search the web for ${query}. In its place stands one made-up source.`,
    search: {
      queries: [query],
      sources: [
        {
          title: 'example.com: a made-up page of the offline emulator',
          uri: `https://example.com/made-up/${encodeURIComponent(page)}`,
        },
      ],
    },
  };
}
