import { liveModel } from '@studio/contracts';
import type { CaseGroup, ConformanceCase, Tolerance } from '../cases/case.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Kind } from '../exchange/kinds.ts';
import { Condition, atLeast } from '../matching/expected.ts';
import { property } from '../matching/checks.ts';
import type { Check } from '../matching/expectation.ts';
import { formOf, isPretty } from './message-form.ts';
import type { Recording } from './read-recording.ts';
import { connectionOf, resend } from './replay.ts';

const CODE = 'code of a call';

/** How a service may differ from what was recorded of Google's in 2025. */
const TOLERATED: readonly Tolerance[] = [
  {
    what: CODE,
    of: 'emulator',
    because: 'the half-cascade models wrote their calls as Python and showed it; no client needs it',
  },
];

/**
 * Replays recorded sessions: what comes must have the form and the order of what came when they were recorded.
 * @throws RangeError where one was recorded with a model that is not known here
 */
export function recordedCases(recordings: readonly Recording[]): CaseGroup {
  return { title: 'recorded sessions', cases: recordings.map(caseOf) };
}

function caseOf({ name, service, sent, received }: Recording): ConformanceCase {
  const [setup, ...requests] = sent;
  const { model, config } = connectionOf(setup);
  if (!liveModel(model, service))
    throw new RangeError(`"${name}" was recorded with an unknown model, ${model}`);
  return {
    name: `As it was recorded: ${name}`,
    services: [service],
    models: ({ id }) => id === model,
    script: async (caller) => {
      const line = await caller.connect(config);
      for (const request of requests) resend(line, request);
      if (requests.length === 0) return;
      // A recording may stop in the middle of an answer; its messages are compared with a whole turn where one comes.
      const ends = wanted(received).includes('toolCall');
      await line.until(
        (seen) => seen.count('turnComplete') > 0 || (ends && comeInOrder(wanted(received), seen.kinds)),
      );
    },
    expect: { holds: checksOf(received) },
    tolerates: TOLERATED,
  };
}

function checksOf(recorded: Exchange): Check[] {
  const messages = recorded.received.filter(({ kinds }) => !kinds.includes('code'));
  return [
    property('order', (seen) => seen.kinds, orderLike(recorded)),
    property('kinds between', (seen) => kindsBetween(recorded, seen), []),
    ...[...new Set(messages.map(({ message }) => formOf(message)))].map((form) =>
      property(`form ${form}`, (seen) => seen.messages.some((message) => formOf(message) === form), true),
    ),
    property('chunks of voice', (seen) => seen.audioChunks.slice(0, recorded.audioChunks.length), [
      ...recorded.audioChunks,
    ]),
    property('pieces of text', (seen) => piecesOf(seen), atLeast(Math.min(2, piecesOf(recorded)))),
    property(
      'function',
      (seen) => seen.calls.map(({ name }) => name),
      recorded.calls.map(({ name }) => name),
    ),
    property(
      'frames',
      (seen) => seen.frames.every(({ text, binary }) => binary && isPretty(text)),
      recorded.frames.every(({ text }) => isPretty(text)),
    ),
    ...(recorded.count('code') === 0
      ? []
      : [property(CODE, (seen) => seen.count('code'), atLeast(recorded.count('code')))]),
  ];
}

function piecesOf(exchange: Exchange): number {
  return exchange.parts.filter(({ text }) => text !== undefined).length + exchange.count('transcript');
}

/** The kinds of a recording that must come. */
function wanted(recorded: Exchange): readonly Kind[] {
  return recorded.kinds.filter((kind, index, kinds) => kind !== 'code' && kind !== kinds[index - 1]);
}

/** The kinds that a recording does not have and that come before the last one that it has. */
function kindsBetween(recorded: Exchange, seen: Exchange): Kind[] {
  const known = wanted(recorded);
  const last = matchEnd(known, seen.kinds);
  return [...new Set(seen.kinds.slice(0, last))].filter((kind) => kind !== 'code' && !known.includes(kind));
}

function orderLike(recorded: Exchange): Condition {
  const kinds = wanted(recorded);
  return new Condition(kinds.join(' '), (seen) => Array.isArray(seen) && comeInOrder(kinds, seen as Kind[]));
}

/** Whether the kinds come in this order, from the first message on, whatever comes between them. */
function comeInOrder(kinds: readonly Kind[], seen: readonly Kind[]): boolean {
  return seen[0] === kinds[0] && matchEnd(kinds, seen) !== Infinity;
}

/** Behind which of the seen kinds all of these have come in their order. */
function matchEnd(kinds: readonly Kind[], seen: readonly Kind[]): number {
  let found = 0;
  const last = seen.findIndex((kind) => {
    if (kind === kinds[found]) found += 1;
    return found === kinds.length;
  });
  return last === -1 ? Infinity : last + 1;
}
