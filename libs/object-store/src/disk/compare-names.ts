/** The first code unit of a surrogate pair, and the first of those behind that are none. */
const SURROGATES = 0xd800;
const BEHIND = 0xe000;

/** The order of the names' bytes in UTF-8, which is that of their code points, without encoding them. */
export function compareNames(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    // A surrogate pair stands for a code point behind all that are a unit by themselves.
    if (a !== b) return rank(a) - rank(b);
  }
  return one.length - other.length;
}

function rank(unit: number): number {
  return unit >= SURROGATES && unit < BEHIND ? unit + 0x10000 : unit;
}

/** The place of the first of the ordered names that stands behind `after`, their number when none does. */
export function placeBehind(names: readonly string[], after: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(names[middle] ?? '', after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
