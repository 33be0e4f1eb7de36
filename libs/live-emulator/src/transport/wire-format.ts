import type { ServerMessage } from '../output/server-message.ts';
import { invalidArgument } from '../session/refusal.ts';

/** Deeper JSON than any message of the API needs. */
const MAX_DEPTH = 40;

/** Values whose keys are the caller's own words, so they stay as they are. */
const VERBATIM = new Set([
  'response',
  'args',
  'parameters',
  'parametersJsonSchema',
  'responseJsonSchema',
  'responseSchema',
  'labels',
  'partMetadata',
]);

/** Pretty-printed JSON and a newline, as the service sends it. */
export function encodeServerMessage(message: ServerMessage): Buffer {
  return Buffer.from(`${JSON.stringify(message, null, 2)}\n`, 'utf8');
}

/**
 * The JSON of a client frame with every field name in camelCase and every null left out, as Protocol
 * Buffers read JSON.
 * @throws Refusal when it is no JSON.
 */
export function decodeClientFrame(frame: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    throw invalidArgument('Invalid JSON payload received. Unable to parse the frame as JSON.');
  }
  return normalise(parsed, 0);
}

function normalise(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw invalidArgument('Invalid JSON payload received. It is nested too deeply.');
  if (Array.isArray(value)) return value.map((item) => normalise(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]): [string, unknown] => {
        const key = camelCase(name);
        return [key, VERBATIM.has(key) ? inner : normalise(inner, depth + 1)];
      }),
  );
}

export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
