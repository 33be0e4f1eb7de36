import { StudioError } from '@studio/contracts';
import { fold } from './fold.ts';

/** Words that follow each other, folded; most often it is one. */
export type Term = readonly string[];

const PART = /"([^"]*)"|([^\s"]+)/g;

/** What is looked for: terms that must all occur. A quotation mark without its partner is none. @throws StudioError invalid */
export function parseQuery(query: string): Term[] {
  const terms = [...query.matchAll(PART)].flatMap(([, quoted, word]): Term[] => {
    const words = fold(quoted ?? word ?? '').match(/\S+/g);
    return words === null ? [] : [words];
  });
  if (terms.length === 0) throw new StudioError('invalid', 'Name at least one word to look for.');
  return terms;
}
