import * as z from 'zod';
import type { CallResult } from './conversation.ts';
import { counted, listed, shortened } from './phrases.ts';
import { spelled } from './wanted-call.ts';

/** How much of one value an answer tells, in characters. */
const QUOTE = 90;
const ITEMS = 3;
const FIELDS = 4;
const DEPTH = 6;

const Word = z.string().min(1).optional();
const Thing = z.object({ name: Word, title: Word, text: Word, who: Word, author: Word });

/** What came of calls, as a person would tell it; null when there is nothing to tell. */
export function toldResults(results: readonly CallResult[]): string | null {
  if (results.length === 0) return null;
  return results
    .map(({ name, response }) => {
      const failed = response.error;
      return failed === undefined
        ? `From ${spelled(name)}: ${told(response, DEPTH)}.`
        : `${spelled(name)} failed: ${told(failed, DEPTH)}.`;
    })
    .join(' ');
}

function told(value: unknown, depth: number): string {
  if (typeof value === 'string') return value === '' ? 'nothing' : shortened(value, QUOTE);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === 0) return 'more';
  if (Array.isArray(value)) {
    const items = value.slice(0, ITEMS).map((item: unknown) => nameOf(item) ?? told(item, depth - 1));
    return items.length === 0 ? 'none' : `${counted(value.length, 'result')}, ${listed(items)}`;
  }
  const fields = Object.entries(value);
  if (fields.length === 0) return 'it is done';
  if (fields.length === 1) return told(fields[0]?.[1], depth - 1);
  return fields
    .slice(0, FIELDS)
    .map(([key, inner]) => `${spelled(key)} ${told(inner, depth - 1)}`)
    .join(', ');
}

/** Of a thing in a list, what a person would call it: its name, or who said what. */
function nameOf(item: unknown): string | null {
  const { name, title, text, who, author } = Thing.safeParse(item).data ?? {};
  const whose = who ?? author;
  if (text !== undefined) return `${whose === undefined ? '' : `${whose}: `}${shortened(text, QUOTE)}`;
  return name ?? title ?? null;
}
