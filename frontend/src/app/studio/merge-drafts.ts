export interface Merged<D> {
  /** Own changes on top of those of the others. */
  readonly draft: D;
  /** What both have changed, differently: here the draft keeps what is one's own. */
  readonly conflicts: readonly (keyof D)[];
  /** What only the others have changed. */
  readonly taken: readonly (keyof D)[];
}

/** Brings together what somebody has typed and what somebody else has saved meanwhile; both began with `base`. */
export function mergeDrafts<D extends object>(base: D, mine: D, theirs: D): Merged<D> {
  const conflicts: (keyof D)[] = [];
  const taken: (keyof D)[] = [];
  let draft = mine;
  for (const field of Object.keys(base) as (keyof D)[]) {
    const theyChanged = !sameValue(base[field], theirs[field]);
    if (!theyChanged || sameValue(mine[field], theirs[field])) continue;
    if (sameValue(base[field], mine[field])) {
      taken.push(field);
      draft = { ...draft, [field]: theirs[field] };
    } else conflicts.push(field);
  }
  return { draft, conflicts, taken };
}

/** Lists are the same when they have the same members. */
export function sameValue(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((item) => b.includes(item))
    : a === b;
}
