import { foldWithPlaces } from './fold.ts';
import type { Term } from './search-query.ts';

/** Longest snippet, in characters (UTF-16 code units). */
const SNIPPET = 300;
/** Characters of a snippet in front of what was found. */
const BEFORE = 80;
const CUT = '…';

type Mark = [number, number];

/** The part of a text around what was found, and where in it that stands. */
export interface Match {
  snippet: string;
  marks: Mark[];
}

/** Where all of the terms occur in the text; undefined when one of them does not. */
export function matchText(original: string, terms: readonly Term[]): Match | undefined {
  const { text, places } = foldWithPlaces(original);
  const found: Mark[] = [];
  for (const words of terms) {
    const term = words.join(' ');
    const before = found.length;
    for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length))
      found.push([places[at] ?? 0, endOf(places, at + term.length)]);
    if (found.length === before) return undefined;
  }
  return cut(original, merge(found));
}

/** Where the character of the original ends of which the last folded one before `end` was made. */
function endOf(places: readonly number[], end: number): number {
  let next = end;
  while (next < places.length - 1 && places[next] === places[end - 1]) next += 1;
  return places[next] ?? 0;
}

/** In order, and none over another. */
function merge(marks: readonly Mark[]): Mark[] {
  const merged: Mark[] = [];
  for (const [from, to] of marks.toSorted((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from < last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function cut(original: string, marks: readonly Mark[]): Match {
  const first = marks[0]?.[0] ?? 0;
  const whole = original.length <= SNIPPET;
  let from = whole ? 0 : Math.max(0, Math.min(first - BEFORE, original.length - SNIPPET + CUT.length));
  if (isSecondHalf(original, from)) from += 1;
  const start = from > 0 ? CUT : '';
  let to = whole ? original.length : Math.min(original.length, from + SNIPPET - start.length - CUT.length);
  if (isSecondHalf(original, to)) to -= 1;
  const end = to < original.length ? CUT : '';
  const shift = start.length - from;
  return {
    snippet: start + original.slice(from, to).replace(/\s/g, ' ') + end,
    marks: marks.flatMap(([markFrom, markTo]): Mark[] =>
      markFrom < to && markTo > from
        ? [[Math.max(markFrom, from) + shift, Math.min(markTo, to) + shift]]
        : [],
    ),
  };
}

function isSecondHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
