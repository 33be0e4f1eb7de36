import { MediaModality } from '@google/genai';
import type { ModalityTokenCount, UsageMetadata } from '@google/genai';
import type { LiveUsage, Tokens } from '@studio/contracts';

/** Tokens that are billed, by direction and modality. */
export type Bill = Pick<LiveUsage, 'input' | 'output'>;

const NO_TOKENS: Tokens = { text: 0, audio: 0, image: 0 };
export const NO_BILL: Bill = { input: NO_TOKENS, output: NO_TOKENS };

const DIRECTIONS = ['input', 'output'] as const;
const MODALITIES = ['text', 'audio', 'image'] as const;

/**
 * What one report of the service says: the context before Gemini and what tools answered are its input, what it said and thought is its
 * output. Tokens without a modality are text, as in the API; a part that comes from a cache is counted like the rest.
 */
export function billOf(usage: UsageMetadata): Bill {
  const input = plusTokens(
    tokensOf(usage.promptTokensDetails, usage.promptTokenCount),
    tokensOf(usage.toolUsePromptTokensDetails, usage.toolUsePromptTokenCount),
  );
  const said = tokensOf(usage.responseTokensDetails, usage.responseTokenCount);
  return { input, output: { ...said, text: said.text + count(usage.thoughtsTokenCount) } };
}

export function plus(a: Bill, b: Bill): Bill {
  return { input: plusTokens(a.input, b.input), output: plusTokens(a.output, b.output) };
}

/** What `a` has more than `b`. */
export function minus(a: Bill, b: Bill): Bill {
  const less = (one: Tokens, other: Tokens): Tokens => ({
    text: one.text - other.text,
    audio: one.audio - other.audio,
    image: one.image - other.image,
  });
  return { input: less(a.input, b.input), output: less(a.output, b.output) };
}

/** Whether `a` has at least what `b` has of everything. */
export function covers(a: Bill, b: Bill): boolean {
  return DIRECTIONS.every((way) => MODALITIES.every((modality) => a[way][modality] >= b[way][modality]));
}

export function total({ input, output }: Bill): number {
  return [input, output].reduce((sum, { text, audio, image }) => sum + text + audio + image, 0);
}

function tokensOf(details: readonly ModalityTokenCount[] = [], all: number | undefined): Tokens {
  const tokens = { ...NO_TOKENS };
  for (const { modality, tokenCount } of details) tokens[placeOf(modality)] += count(tokenCount);
  const named = tokens.text + tokens.audio + tokens.image;
  return { ...tokens, text: tokens.text + Math.max(0, count(all) - named) };
}

function placeOf(modality: MediaModality | undefined): keyof Tokens {
  switch (modality) {
    case MediaModality.AUDIO:
      return 'audio';
    case MediaModality.IMAGE:
    case MediaModality.VIDEO:
    case MediaModality.DOCUMENT:
      return 'image';
    case MediaModality.TEXT:
    case MediaModality.MODALITY_UNSPECIFIED:
    case undefined:
      return 'text';
  }
}

/** What comes over the network may be anything. */
function count(tokens: number | undefined): number {
  return typeof tokens === 'number' && Number.isFinite(tokens) ? Math.max(0, tokens) : 0;
}

function plusTokens(a: Tokens, b: Tokens): Tokens {
  return { text: a.text + b.text, audio: a.audio + b.audio, image: a.image + b.image };
}
