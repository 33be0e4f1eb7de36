import type { SegmentLines } from '../archive/segment-lines.ts';
import { fold } from './fold.ts';
import type { Term } from './search-query.ts';

/** Begins what somebody wrote or said, in the JSON of an event: within a string the quotation marks would be escaped. */
const TEXT = '"text":"';
/** White space between two words in the JSON of a text. */
const BETWEEN = '(?:\\s|\\\\[nrtfv]|\\\\u00[01][0-9a-f])+';

/** Lines that are folded at once: much faster than one by one, and short enough that nobody waits for it. */
const AT_ONCE = 64;

/**
 * What was said in the lines of a segment, folded, but still with the escapes of JSON: found without parsing any of them, when it is asked
 * for.
 */
export class SpokenLines {
  private readonly pieces: string[][] = [];
  private readonly lines: SegmentLines;

  constructor(lines: SegmentLines) {
    this.lines = lines;
  }

  line(seq: number): string {
    const index = seq - this.lines.first;
    const piece = Math.floor(index / AT_ONCE);
    this.pieces[piece] ??= spokenIn(this.lines.text(this.lines.first + piece * AT_ONCE, AT_ONCE));
    return this.pieces[piece][index % AT_ONCE] ?? '';
  }
}

/** What was said in each line; nothing in those of another kind. */
export function spokenIn(lines: string): string[] {
  const spoken: string[] = [];
  let next = lines.indexOf(TEXT);
  for (let from = 0; from < lines.length;) {
    const newline = lines.indexOf('\n', from);
    const to = newline === -1 ? lines.length : newline;
    if (next !== -1 && next < from) next = lines.indexOf(TEXT, from);
    const start = next + TEXT.length;
    spoken.push(next === -1 || next >= to ? '' : lines.slice(start, endOfString(lines, start)));
    from = to + 1;
  }
  // No line gets another line break by it.
  return fold(spoken.join('\n')).split('\n');
}

function endOfString(json: string, from: number): number {
  for (let end = json.indexOf('"', from); ; end = json.indexOf('"', end + 1)) {
    if (end === -1) return json.length;
    let escapes = 0;
    while (json[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
}

/** Tells of one of the {@link SpokenLines} whether it may match. Most that do not are told apart. */
export function lineFilter(terms: readonly Term[]): (spoken: string) => boolean {
  const words = terms.flat().map(escaped);
  const phrases = terms
    .filter(({ length }) => length > 1)
    .map((term) => new RegExp(term.map((word) => literal(escaped(word))).join(BETWEEN)));
  return (spoken) =>
    words.every((word) => spoken.includes(word)) && phrases.every((phrase) => phrase.test(spoken));
}

/** As the word stands in JSON. */
function escaped(word: string): string {
  return JSON.stringify(word).slice(1, -1);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
