import type { MediaModality } from '@google/genai';
import type { Exchange } from '../exchange/exchange.ts';
import type { Check } from './expectation.ts';

/** Something about what came, that is looked at in several cases. */
type Look = (expected: unknown) => Check;

const look =
  (what: string, seen: (exchange: Exchange) => unknown): Look =>
  (expected) => ({ what, seen, expected });

export const answer = look('answer', (exchange) => exchange.answer);
export const spokenText = look('transcript of the answer', (exchange) => exchange.spokenText);
export const heardText = look('transcript of what was heard', (exchange) => exchange.heardText);
export const turnsComplete = look('complete turns', (exchange) => exchange.count('turnComplete'));
export const shape = look('messages', (exchange) => exchange.shape);

/** The transcript of the answer of the n-th turn, the first being 0. */
export function spokenIn(turn: number): Look {
  return look(`transcript of turn ${turn + 1}`, (exchange) => exchange.turn(turn).spokenText);
}

/** The prompt tokens of one modality in the n-th bill. */
export function promptTokens(modality: `${MediaModality}`, turn = 0): Look {
  return look(
    `${modality} tokens of the prompt of turn ${turn + 1}`,
    (exchange) =>
      exchange.usages[turn]?.promptTokensDetails?.find((details) => details.modality?.toString() === modality)
        ?.tokenCount,
  );
}

/** Any other property of what came. */
export function property(what: string, seen: (exchange: Exchange) => unknown, expected: unknown): Check {
  return { what, seen, expected };
}

/** Something that must be so, and is told as such where it is not. */
export function truth(what: string, holds: (exchange: Exchange) => boolean): Check {
  return { what, seen: holds, expected: true };
}
