const ANY = '*';
/** One token of a subscription: `*`, or anything without white space and wildcards. */
const TOKEN = /^(\*|[^\s*>]+)$/;

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  readonly items: Set<T>;
}

/** @throws TypeError when it is not tokens separated by dots, each of them `*` or free of white space and wildcards */
export function checkSubjectPattern(pattern: string): void {
  if (!pattern.split('.').every((token) => TOKEN.test(token)))
    throw new TypeError(`"${pattern}" is not a subject`);
}

/** Finds the subscriptions that match a subject, in time that depends on the number of tokens only. */
export class SubjectTree<T> {
  readonly #root: Node<T> = { children: new Map(), items: new Set() };

  add(pattern: string, item: T): void {
    let node = this.#root;
    for (const token of pattern.split('.')) {
      let child = node.children.get(token);
      if (child === undefined) {
        child = { children: new Map(), items: new Set() };
        node.children.set(token, child);
      }
      node = child;
    }
    node.items.add(item);
  }

  remove(pattern: string, item: T): void {
    removeFrom(this.#root, pattern.split('.'), 0, item);
  }

  /** Everything that was added under a pattern that matches the subject. */
  match(subject: string): T[] {
    const found: T[] = [];
    collect(this.#root, subject.split('.'), 0, found);
    return found;
  }
}

function collect<T>(node: Node<T>, tokens: readonly string[], depth: number, found: T[]): void {
  const token = tokens[depth];
  if (token === undefined) {
    for (const item of node.items) found.push(item);
    return;
  }
  const exact = node.children.get(token);
  if (exact !== undefined) collect(exact, tokens, depth + 1, found);
  const any = node.children.get(ANY);
  if (any !== undefined && any !== exact) collect(any, tokens, depth + 1, found);
}

/** Removes the item, and nodes that hold nothing any more: rooms come and go. */
function removeFrom<T>(node: Node<T>, tokens: readonly string[], depth: number, item: T): void {
  const token = tokens[depth];
  if (token === undefined) {
    node.items.delete(item);
    return;
  }
  const child = node.children.get(token);
  if (child === undefined) return;
  removeFrom(child, tokens, depth + 1, item);
  if (child.items.size === 0 && child.children.size === 0) node.children.delete(token);
}
