import type { Addressing, LiveState, LiveStatus } from '@studio/contracts';
import { budgetShare } from './usage/usage-words.ts';

const WORDS: Record<LiveState, string> = {
  idle: 'Asleep',
  connecting: 'Connecting',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  unavailable: 'Unavailable',
};

const ANSWERS: Record<Addressing, string> = {
  always: 'everything',
  'when-addressed': 'when it is addressed',
  observer: 'when it is asked',
};

/** When Gemini answers, to be read after "Answers". */
export function answersWords(addressing: Addressing): string {
  return ANSWERS[addressing];
}

/** What Gemini does, in a word or, when it cannot take part, with the reason. */
export function geminiWords({ state, reason }: LiveStatus): string {
  return state === 'unavailable' && reason !== null ? `${WORDS[state]}: ${reason}` : WORDS[state];
}

/** What becomes of it when Gemini cannot take part; undefined when it can. */
export function outlookWords(status: LiveStatus): string | undefined {
  if (status.state !== 'unavailable') return undefined;
  return (budgetShare(status.usage, status.budgetUsd) ?? 0) >= 1
    ? 'The room goes on without it. A higher budget brings it back.'
    : 'The room goes on without it. It tries again by itself.';
}
