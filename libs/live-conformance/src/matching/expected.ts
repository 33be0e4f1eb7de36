/** A condition on one value that says itself what it wants. */
export class Condition {
  readonly says: string;
  readonly holds: (seen: unknown) => boolean;

  constructor(says: string, holds: (seen: unknown) => boolean) {
    this.says = says;
    this.holds = holds;
  }
}

export const anything = new Condition('anything but nothing', (seen) => seen !== undefined && seen !== null);

export function between(least: number, most: number): Condition {
  return new Condition(
    `a number from ${least} to ${most}`,
    (seen) => typeof seen === 'number' && seen >= least && seen <= most,
  );
}

export function atLeast(least: number): Condition {
  return new Condition(`at least ${least}`, (seen) => typeof seen === 'number' && seen >= least);
}

/**
 * Whether a value is as expected: a condition or a regular expression holds, a plain value is equal, an object has at least the fields of the
 * expected one, an array exactly its items.
 */
export function matches(expected: unknown, seen: unknown): boolean {
  if (expected instanceof Condition) return expected.holds(seen);
  if (expected instanceof RegExp) return typeof seen === 'string' && expected.test(seen);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(seen) &&
      seen.length === expected.length &&
      expected.every((item, index) => matches(item, seen[index]))
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof seen !== 'object' || seen === null) return false;
    return Object.entries(expected).every(([key, value]) => matches(value, Reflect.get(seen, key)));
  }
  return Object.is(expected, seen);
}

/** A value in a line of a report. */
export function told(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Condition) return `<${inner.says}>`;
    return inner instanceof RegExp ? String(inner) : inner;
  }) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
