import type { PlannedSearch } from '../mind/plan.ts';

/** `groundingMetadata` on the wire: what was searched for, what was found, and which words are founded on it. */
export interface GroundingMetadata {
  readonly webSearchQueries: readonly string[];
  readonly searchEntryPoint: { readonly renderedContent: string };
  readonly groundingChunks: readonly { readonly web: { readonly uri: string; readonly title: string } }[];
  readonly groundingSupports: readonly GroundingSupport[];
}

interface GroundingSupport {
  /** Positions in bytes of UTF-8; a zero is left out, as Protocol Buffers do. */
  readonly segment: { readonly startIndex?: number; readonly endIndex: number; readonly text: string };
  readonly groundingChunkIndices: readonly number[];
}

/** Founds each sentence of an answer on one of the sources, in turn. */
export function groundingMetadata({ queries, sources }: PlannedSearch, answer: string): GroundingMetadata {
  return {
    webSearchQueries: queries,
    searchEntryPoint: { renderedContent: suggestions(queries) },
    groundingChunks: sources.map(({ uri, title }) => ({ web: { uri, title } })),
    groundingSupports: sources.length === 0 ? [] : supports(answer, sources.length),
  };
}

function supports(answer: string, sources: number): GroundingSupport[] {
  return [...answer.matchAll(/\S[^]*?(?:[.!?…]+(?=\s|$)|$)/g)].map(({ 0: text, index }, at) => {
    const start = Buffer.byteLength(answer.slice(0, index));
    return {
      segment: {
        ...(start === 0 ? {} : { startIndex: start }),
        endIndex: start + Buffer.byteLength(text),
        text,
      },
      groundingChunkIndices: [at % sources],
    };
  });
}

/** What an application shows beside the answer: the searches, as links that lead nowhere. */
function suggestions(queries: readonly string[]): string {
  const links = queries.map((query) => `<a class="chip" href="https://example.com/">${escaped(query)}</a>`);
  return `<div class="container">${links.join('')}</div>`;
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
  return text.replace(/[&<>"']/g, (character) => `&${names[character] ?? ''};`);
}
