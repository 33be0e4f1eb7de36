import type { Kind } from '../exchange/kinds.ts';
import { KINDS } from '../exchange/kinds.ts';

const TOKEN = /[A-Za-z]+|[()|?*+]/g;

/**
 * Whether kinds came in an order, written like a regular expression over kinds: `setupComplete (model|transcript)+ generationComplete
 * turnComplete`. Kinds that the order does not name may come anywhere.
 * @throws SyntaxError on a name that is no kind
 */
export function inOrder(order: string, kinds: readonly Kind[]): boolean {
  return compile(order).test(
    named(order, kinds)
      .map((kind) => `${kind} `)
      .join(''),
  );
}

/** The kinds of a sequence that an order speaks of; a run of equal ones counts once. */
export function named(order: string, kinds: readonly Kind[]): readonly Kind[] {
  const names = new Set<string>(order.match(TOKEN));
  return kinds.filter((kind) => names.has(kind)).filter((kind, index, all) => kind !== all[index - 1]);
}

function compile(order: string): RegExp {
  const source = (order.match(TOKEN) ?? []).map((token) => {
    if (/^[^A-Za-z]$/.test(token)) return token === '(' ? '(?:' : token;
    if (KINDS.some((kind) => kind === token)) return `(?:${token} )`;
    throw new SyntaxError(`"${token}" is no kind of message`);
  });
  return new RegExp(`^${source.join('')}$`);
}
