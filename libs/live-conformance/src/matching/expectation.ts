import type { Exchange } from '../exchange/exchange.ts';
import type { Kind } from '../exchange/kinds.ts';
import { matches, told } from './expected.ts';
import { inOrder, named } from './order.ts';

/** One thing that must be so. */
export interface Check {
  /** What is looked at, in a few words. */
  readonly what: string;
  readonly seen: (exchange: Exchange) => unknown;
  readonly expected: unknown;
}

/** What must have come back over one connection. */
export interface Expectation {
  /** The order of the kinds that it names (matching/order.ts). */
  readonly order?: string;
  readonly never?: readonly Kind[];
  /** Kinds that come in one message, wherever the last of them comes. */
  readonly together?: readonly Kind[];
  /** Checked in order. */
  readonly holds?: readonly Check[];
  /** The service ends the connection, with one of these codes. Without this it must not. */
  readonly close?: { readonly code: readonly number[]; readonly reason?: RegExp };
  /** The WebSocket never opens; these are the HTTP statuses that may say so. */
  readonly refusedWith?: readonly number[];
}

/** Where what came differs from what had to come. */
export interface Difference {
  /** The part of the expectation, by which a case may tolerate it. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
}

/** Every difference between an expectation and what came. */
export function judge(expectation: Expectation, exchange: Exchange): Difference[] {
  return [
    ...judgeOpening(expectation, exchange),
    ...judgeEnding(expectation, exchange),
    ...judgeKinds(expectation, exchange),
    ...(expectation.holds ?? []).flatMap(({ what, expected, seen }) => {
      const value = seen(exchange);
      return matches(expected, value) ? [] : [{ what, expected: told(expected), seen: told(value) }];
    }),
  ];
}

function judgeOpening({ refusedWith, close }: Expectation, { failure }: Exchange): Difference[] {
  const seen = failure ?? 'it opened';
  if (refusedWith) {
    return refusedWith.some((status) => seen.includes(`${status}`))
      ? []
      : [{ what: 'opening', expected: `HTTP ${refusedWith.join(' or ')}`, seen }];
  }
  return failure === null || close ? [] : [{ what: 'opening', expected: 'it opens', seen }];
}

function judgeEnding({ close, refusedWith }: Expectation, { ending, shape }: Exchange): Difference[] {
  if (refusedWith) return [];
  const seen = ending ? `${ending.code} ${ending.reason}` : `open after ${shape.join(' ')}`;
  if (!close) return ending ? [{ what: 'close', expected: 'stays open', seen }] : [];
  const good =
    ending !== null && close.code.includes(ending.code) && (close.reason?.test(ending.reason) ?? true);
  const reason = close.reason ? ` ${String(close.reason)}` : '';
  return good ? [] : [{ what: 'close', expected: close.code.join(' or ') + reason, seen }];
}

function judgeKinds({ order, never = [], together }: Expectation, exchange: Exchange): Difference[] {
  const differences: Difference[] = [];
  if (order !== undefined && !inOrder(order, exchange.kinds)) {
    differences.push({ what: 'order', expected: order, seen: named(order, exchange.kinds).join(' ') });
  }
  for (const kind of never) {
    if (exchange.count(kind) === 0) continue;
    differences.push({ what: `no ${kind}`, expected: `no ${kind}`, seen: exchange.shape.join(' ') });
  }
  if (together) {
    const apart = exchange.received.filter(
      ({ kinds }) =>
        kinds.includes(together.at(-1) as Kind) && !together.every((kind) => kinds.includes(kind)),
    );
    const most = together.join('+');
    if (apart.length > 0 || exchange.count(together.at(-1) as Kind) === 0) {
      differences.push({ what: 'together', expected: most, seen: exchange.shape.join(' ') });
    }
  }
  return differences;
}
