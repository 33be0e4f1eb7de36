import { intentOf } from './intent.ts';
import type { DeclaredFunction, DeclaredParameter, PlannedCall } from './plan.ts';
import { contentWords, wordsOf } from './words.ts';

/** `call NAME {json}`: how a developer asks for any call. */
const EXPLICIT = /\bcall\s+([A-Za-z_][\w.-]*)\s*(\{[^]*\})?[\s.!]*$/;
const TIME = /\bwhat(?:'s| is)? (?:the )?(?:current )?(?:time|date|day)\b|\b(?:time|date|day) is it\b/;
const SEARCH = /\b(?:search|find|look)\b.*?\b(?:for|about)\s+\S/;
const REQUEST =
  /\?|^(?:gemini,? )?(?:please |can you |could you |now )*(?:what|which|who|when|where|how|tell|show|get|give|list|check|find|search|save|add|make|set|start|stop|open|close|write|create|send)\b/;
/** Where in a text the thing stands that it is about, the likeliest place first. */
const SUBJECTS = [
  /"([^"]+)"/,
  /\b(?:for|about)\s+(\S.*?)[\s.?!]*$/i,
  /\b(?:in|at|of|on|to|that)\s+(\S.*?)[\s.?!]*$/i,
];
/** Words of a function's name that say nothing of what it is about. */
const FILLERS = new Set('get list fetch read current the of in a an by for to all tool function'.split(' '));

/** The call that a text asks for, as far as the names and descriptions of the declared functions tell. */
export function wantedCall(text: string, functions: readonly DeclaredFunction[]): PlannedCall | null {
  const explicit = EXPLICIT.exec(text);
  if (explicit && functions.some(({ name }) => name === explicit[1])) {
    const args = explicit[2] === undefined ? {} : jsonObject(explicit[2]);
    return args && { name: explicit[1] ?? '', args };
  }
  for (const declared of functions) {
    if (!isWanted(declared, text)) continue;
    const args = argumentsFor(declared, text);
    if (args) return { name: declared.name, args };
  }
  return null;
}

/** A name in words: "get_current_time" is "get current time". */
export function spelled(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}

function isWanted({ name, description }: DeclaredFunction, text: string): boolean {
  const lower = text.toLowerCase().replace(/[’]/g, "'");
  const named = wordsOf(spelled(name)).filter((word) => !FILLERS.has(word));
  if (named.some((word) => ['time', 'date', 'clock'].includes(word))) return TIME.test(lower);
  if (named.some((word) => /^(?:participants?|people|members?|attendees?|who)$/.test(word))) {
    return intentOf(text, { people: [] }).type === 'people';
  }
  if (named.some((word) => ['search', 'find'].includes(word))) {
    const about = contentWords(`${spelled(name)} ${description}`);
    const what = contentWords(lower.split(/\b(?:for|about)\b/)[0] ?? '');
    return (
      SEARCH.test(lower) && what.every((word) => ['find', 'look'].includes(word) || about.includes(word))
    );
  }
  const words = new Set(contentWords(lower));
  const topics = contentWords(named.join(' '));
  return REQUEST.test(lower) && topics.length > 0 && topics.every((topic) => words.has(topic));
}

/** Arguments from the words of the text; null when a required one is not in it. */
function argumentsFor({ parameters }: DeclaredFunction, text: string): Record<string, unknown> | null {
  const args: Record<string, unknown> = {};
  let rest = SUBJECTS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  for (const parameter of parameters.filter(({ required }) => required)) {
    const value = valueOf(parameter, text) ?? (parameter.type === 'string' ? rest : undefined);
    if (value === undefined) return null;
    if (value === rest) rest = undefined;
    args[parameter.name] = value;
  }
  const free = parameters.find(({ type, choices }) => type === 'string' && choices.length === 0);
  const isSearch =
    parameters.every(({ required }) => !required) && free !== undefined && SEARCH.test(text.toLowerCase());
  if (isSearch && rest !== undefined) args[free.name] = rest;
  return args;
}

function valueOf({ type, choices }: DeclaredParameter, text: string): unknown {
  if (choices.length > 0) return choices.find((choice) => text.toLowerCase().includes(choice.toLowerCase()));
  if (type === 'integer' || type === 'number') {
    const number = /-?\d+(?:\.\d+)?/.exec(text)?.[0];
    return number === undefined ? undefined : Number(number);
  }
  return type === 'boolean' ? !/\b(?:no|not|off|false)\b/i.test(text) : undefined;
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null;
  } catch {
    // What a person typed is no JSON: then it is no call.
    return null;
  }
}
