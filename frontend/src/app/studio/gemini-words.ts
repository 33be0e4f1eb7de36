import type { LiveState, LiveStatus } from '@studio/contracts';

const WORDS: Record<LiveState, string> = {
  idle: 'Asleep',
  connecting: 'Connecting',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  unavailable: 'Unavailable',
};

/** What Gemini does, in a word or, when it cannot take part, with the reason. */
export function geminiWords({ state, reason }: LiveStatus): string {
  return state === 'unavailable' && reason !== null ? `${WORDS[state]}: ${reason}` : WORDS[state];
}
