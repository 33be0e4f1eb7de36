import type { Backend } from '../models/backend.ts';

/** Tokens of a turn by modality. */
export interface TokenCount {
  readonly TEXT: number;
  readonly AUDIO: number;
  /** Pictures in content. */
  readonly IMAGE: number;
  /** Pictures as they happen. */
  readonly VIDEO: number;
}

export const NO_TOKENS: TokenCount = { TEXT: 0, AUDIO: 0, IMAGE: 0, VIDEO: 0 };

const MODALITIES = ['TEXT', 'AUDIO', 'IMAGE', 'VIDEO'] as const;

/** Tokens per second of audio in either direction, as Google documents. */
const AUDIO_TOKENS_PER_SECOND = 25;
/** The usual estimate for English. */
const CHARACTERS_PER_TOKEN = 4;

export function textTokens(text: string): TokenCount {
  return { ...NO_TOKENS, TEXT: Math.ceil(text.length / CHARACTERS_PER_TOKEN) };
}

/** What goes to or from a function costs what its JSON costs as text. */
export function jsonTokens(value: unknown): TokenCount {
  return textTokens(JSON.stringify(value));
}

export function audioTokens(seconds: number): TokenCount {
  return { ...NO_TOKENS, AUDIO: Math.ceil(seconds * AUDIO_TOKENS_PER_SECOND) };
}

export function addTokens(...counts: readonly TokenCount[]): TokenCount {
  return counts.reduce(
    (sum, count) => ({
      TEXT: sum.TEXT + count.TEXT,
      AUDIO: sum.AUDIO + count.AUDIO,
      IMAGE: sum.IMAGE + count.IMAGE,
      VIDEO: sum.VIDEO + count.VIDEO,
    }),
    NO_TOKENS,
  );
}

export function totalOf({ TEXT, AUDIO, IMAGE, VIDEO }: TokenCount): number {
  return TEXT + AUDIO + IMAGE + VIDEO;
}

interface ModalityTokens {
  readonly modality: string;
  readonly tokenCount: number;
}

/** `usageMetadata` on the wire; the two backends name the answer's tokens differently. */
export interface UsageMetadata {
  readonly promptTokenCount: number;
  readonly responseTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
  readonly totalTokenCount: number;
  readonly promptTokensDetails: readonly ModalityTokens[];
  readonly responseTokensDetails?: readonly ModalityTokens[];
  readonly candidatesTokensDetails?: readonly ModalityTokens[];
}

/** The bill of one turn: the whole context counts as its prompt, and what the model thought as well as what it said. */
export function usageMetadata(
  prompt: TokenCount,
  response: TokenCount,
  backend: Backend,
  thoughts = '',
): UsageMetadata {
  const thought = totalOf(textTokens(thoughts));
  const answer =
    backend === 'vertex'
      ? { candidatesTokenCount: totalOf(response), candidatesTokensDetails: detailsOf(response) }
      : { responseTokenCount: totalOf(response), responseTokensDetails: detailsOf(response) };
  return {
    promptTokenCount: totalOf(prompt),
    ...answer,
    ...(thought === 0 ? {} : { thoughtsTokenCount: thought }),
    totalTokenCount: totalOf(prompt) + totalOf(response) + thought,
    promptTokensDetails: detailsOf(prompt),
  };
}

function detailsOf(count: TokenCount): ModalityTokens[] {
  return MODALITIES.filter((modality) => count[modality] > 0).map((modality) => ({
    modality,
    tokenCount: count[modality],
  }));
}
