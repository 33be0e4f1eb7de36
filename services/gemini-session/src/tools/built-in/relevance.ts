/** Something that can be found. */
export interface Findable {
  readonly text: string;
}

/** What a word counts that begins with a searched one, against the whole word. */
const PREFIX_WEIGHT = 0.6;
/** Shorter words must be met exactly. */
const PREFIX_CHARACTERS = 4;
/** What it adds when the words stand as they were searched. */
const PHRASE_BONUS = 2;

/**
 * The lines that hold words of `query`, the best first; of equally good ones those that stand later. A word counts the more, the fewer
 * lines have it. Case and accents make no difference.
 */
export function mostRelevant<T extends Findable>(lines: readonly T[], query: string, limit: number): T[] {
  const searched = [...new Set(wordsOf(query))];
  const known = lines.map(({ text }) => ({ words: new Set(wordsOf(text)), plain: plain(text) }));
  const weights = searched.map((word) => {
    const holding = known.filter(({ words }) => presence(word, words) > 0).length;
    return Math.log(1 + lines.length / Math.max(1, holding));
  });
  const phrase = searched.length > 1 ? plain(query).trim() : undefined;
  return known
    .map(({ words, plain: text }, index) => {
      const found = searched.reduce((sum, word, at) => sum + presence(word, words) * (weights[at] ?? 0), 0);
      return { index, score: found + (phrase !== undefined && text.includes(phrase) ? PHRASE_BONUS : 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.index - a.index)
    .slice(0, limit)
    .flatMap(({ index }) => lines[index] ?? []);
}

/** Whether a name is meant by what somebody says of it: a part of it is enough. */
export function namesMatch(name: string, said: string): boolean {
  return plain(name).includes(plain(said).trim());
}

function presence(word: string, words: ReadonlySet<string>): number {
  if (words.has(word)) return 1;
  if (word.length < PREFIX_CHARACTERS) return 0;
  return [...words].some((other) => other.startsWith(word)) ? PREFIX_WEIGHT : 0;
}

function wordsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
