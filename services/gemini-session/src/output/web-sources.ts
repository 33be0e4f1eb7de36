import type { GroundingMetadata } from '@google/genai';
import type { EventBody } from '@studio/contracts';

export type WebSource = NonNullable<Extract<EventBody, { type: 'speech' }>['sources']>[number];

/** What an event keeps of them. */
const MOST_SOURCES = 50;
const TITLE_CHARACTERS = 300;
const URI_CHARACTERS = 2_000;

/** The pages on the web that an answer is founded on, as the service tells them; what is not such a page is left out. */
export function webSources({ groundingChunks = [] }: GroundingMetadata): WebSource[] {
  return groundingChunks.flatMap(({ web }) => {
    const { uri = '', title, domain } = web ?? {};
    const url = URL.parse(uri);
    if (url === null || !/^https?:$/.test(url.protocol) || uri.length > URI_CHARACTERS) return [];
    return [{ uri, title: (title ?? domain ?? url.hostname).slice(0, TITLE_CHARACTERS) }];
  });
}

/** Each page once: the service tells them again while an answer grows. */
export function withSources(known: readonly WebSource[], more: readonly WebSource[]): readonly WebSource[] {
  const byUri = new Map([...known, ...more].map((source) => [source.uri, source]));
  return [...byUri.values()].slice(0, MOST_SOURCES);
}
