/** How a phrase ends, which decides its melody and the pause after it. */
export type Ending = 'statement' | 'question' | 'continuation';

export interface Phrase {
  /** As written; the texts of all phrases together are the whole text. */
  readonly text: string;
  readonly ending: Ending;
  /** Milliseconds of silence after it. */
  readonly pauseMs: number;
}

const PAUSES = { statement: 330, question: 350, continuation: 150 } as const;
/** Words that open a question which falls at its end. */
const ASKING = /^\W*(?:who|what|where|when|why|how|which)\b/i;

/** Cuts a text at its punctuation. */
export function phrasesOf(text: string): Phrase[] {
  const parts = text.match(/.+?(?:[.!?…]+["')\]]*(?=\s|$)|[,;:](?=\s|$)|\n|$)/gs) ?? [];
  return parts.map((part) => {
    const ending = endingOf(part.trimEnd());
    return { text: part, ending, pauseMs: PAUSES[ending] };
  });
}

function endingOf(part: string): Ending {
  const mark = /([.!?…,;:])["')\]]*$/.exec(part)?.[1] ?? '.';
  if (mark === '?') return ASKING.test(part) ? 'statement' : 'question';
  return ',;:'.includes(mark) ? 'continuation' : 'statement';
}
