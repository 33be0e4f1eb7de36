import { contentWords } from './words.ts';

const DAMPING = 0.85;
const ROUNDS = 30;
/** Ranking compares every sentence with every other one, so only the latest ones take part. */
const MAX_SENTENCES = 200;

/**
 * The most central sentences of a text, in the order in which they stand: TextRank (Mihalcea and Tarau, 2004),
 * which walks between sentences in proportion to the content words that they share.
 */
export function mainSentences<T extends { readonly text: string }>(
  sentences: readonly T[],
  count: number,
): T[] {
  const candidates = sentences
    .slice(-MAX_SENTENCES)
    .map((sentence) => ({ sentence, words: new Set(contentWords(sentence.text)) }))
    .filter(({ words }) => words.size >= 2);
  const scores = rank(candidates.map(({ words }) => words));
  return candidates
    .map(({ sentence }, index) => ({ sentence, index, score: scores[index] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence);
}

function rank(sentences: readonly ReadonlySet<string>[]): number[] {
  const links = sentences.map((from, i) => sentences.map((to, j) => (i === j ? 0 : similarity(from, to))));
  const sums = links.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let scores = sentences.map(() => 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    scores = sentences.map((_, to) => {
      const flow = links.reduce((sum, row, from) => {
        const out = sums[from] ?? 0;
        return out === 0 ? sum : sum + ((row[to] ?? 0) / out) * (scores[from] ?? 0);
      }, 0);
      return 1 - DAMPING + DAMPING * flow;
    });
  }
  return scores;
}

/** Shared words, set against the length of both sentences. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / (Math.log(a.size + 1) + Math.log(b.size + 1));
}
