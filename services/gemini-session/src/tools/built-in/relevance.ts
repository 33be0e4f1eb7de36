/** A text made ready to be searched. That is most of the work of a search: whoever has many does it bit by bit. */
export interface Findable {
  readonly plain: string;
  readonly words: readonly string[];
}

export function findable(text: string): Findable {
  const plain = plainText(text);
  return { plain, words: plain.match(/[\p{L}\p{N}]+/gu) ?? [] };
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
  const { plain: whole, words: wanted } = findable(query);
  const searched = [...new Set(wanted)];
  const presences = searched.map((word) => lines.map((line) => presence(word, line)));
  const weights = presences.map((all) => {
    const holding = all.filter((one) => one > 0).length;
    return Math.log(1 + lines.length / Math.max(1, holding));
  });
  const phrase = searched.length > 1 ? whole.trim() : undefined;
  return lines
    .map(({ plain }, index) => {
      const found = presences.reduce((sum, all, at) => sum + (all[index] ?? 0) * (weights[at] ?? 0), 0);
      return { index, score: found + (phrase !== undefined && plain.includes(phrase) ? PHRASE_BONUS : 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.index - a.index)
    .slice(0, limit)
    .flatMap(({ index }) => lines[index] ?? []);
}

/** Whether a name is meant by what somebody says of it: a part of it is enough. */
export function namesMatch(name: string, said: string): boolean {
  return plainText(name).includes(plainText(said).trim());
}

function presence(word: string, { plain, words }: Findable): number {
  // Most lines do not hold it at all, and that is seen quickly.
  if (!plain.includes(word)) return 0;
  if (words.includes(word)) return 1;
  return word.length >= PREFIX_CHARACTERS && words.some((other) => other.startsWith(word))
    ? PREFIX_WEIGHT
    : 0;
}

function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
