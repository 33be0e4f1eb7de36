import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type * as z from 'zod';
import { Scenario } from './scenario.ts';
import type { ScenarioInput } from './scenario.ts';
import { MAX_SCENARIO, ScenarioError } from './scenario-text.ts';

/** Aliases may not make more of a scenario than this many of its nodes. */
const MAX_ALIASES = 100;

/**
 * What `parseScenario` does.
 * @throws ScenarioError naming the line and the field of each mistake
 */
export function readScenario(text: string, source: string): ScenarioInput {
  if (text.length > MAX_SCENARIO) {
    throw new ScenarioError([`${source}: longer than ${MAX_SCENARIO} characters`]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${source}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken) throw new ScenarioError([`${at(broken.pos[0])}: ${broken.message}`]);
  const value = valueOf(document, source);
  const read = Scenario.safeParse(value);
  if (read.success) return value as ScenarioInput;
  throw new ScenarioError(
    read.error.issues.flatMap(mistakesOf).map(({ path, message }) => {
      const field = fieldName(path);
      return `${at(offsetOf(document, path))}: ${field === '' ? '' : `${field}: `}${message}`;
    }),
  );
}

function valueOf(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
  } catch (error) {
    // What yaml throws for aliases that are too many.
    if (error instanceof ReferenceError) throw new ScenarioError([`${source}:1: ${error.message}`]);
    throw error;
  }
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A name that is not known is a mistake at that name, not at what it is in. */
function mistakesOf(issue: z.core.$ZodIssue): Mistake[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: 'There is no such field' }));
}

/** Where a field, or what it would be in, begins in the file. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key: node }) => isScalar(node) && node.value === key);
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const item: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(item) && item.range) return item.range[0];
  }
  return document.contents?.range[0] ?? 0;
}

/** As in `steps[2].when.turn`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
