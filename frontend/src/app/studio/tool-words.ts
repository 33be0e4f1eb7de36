import type { ToolCall } from './conversation-lines.ts';

export const OUTCOME_WORDS: Record<ToolCall['outcome'], string> = {
  ok: 'done',
  error: 'failed',
  timeout: 'took too long',
  cancelled: 'cancelled',
};

/** The name of a function as words: `search_conversation` is `search conversation`. */
export function toolTitle(name: string): string {
  return name
    .replace(/[_.-]+/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .trim()
    .toLowerCase();
}

export function durationWords(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** JSON with line breaks; what is no JSON, because it was cut, stays as it is. */
export function readableJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
