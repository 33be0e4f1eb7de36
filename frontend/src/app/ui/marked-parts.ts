export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

/** First character that is marked, and the one behind the last. */
export type Mark = readonly [number, number];

/** The text in parts, those that are marked apart from the others. Marks that overlap are one. */
export function markedParts(text: string, marks: readonly Mark[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [from, to] of marks.toSorted(([a], [b]) => a - b)) {
    const begin = Math.max(from, at);
    const end = Math.min(to, text.length);
    if (end <= begin) continue;
    if (begin > at) parts.push({ text: text.slice(at, begin), marked: false });
    parts.push({ text: text.slice(begin, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** Where these words stand in a text, as they are written. */
export function marksOf(text: string, words: readonly string[]): Mark[] {
  return words.flatMap((word) => {
    const marks: Mark[] = [];
    for (let at = text.indexOf(word); word !== '' && at >= 0; at = text.indexOf(word, at + word.length))
      marks.push([at, at + word.length]);
    return marks;
  });
}
