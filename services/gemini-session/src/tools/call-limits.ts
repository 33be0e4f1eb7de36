import type { GeminiSessionConfig } from '../gemini-session-config.ts';

/** What one call of a tool, and the calls of one room together, may take. */
export interface CallLimits {
  /** From the request to the answer, milliseconds. */
  readonly deadlineMs: number;
  /** Characters of JSON that a call may bring. */
  readonly argsCharacters: number;
  /** Characters of JSON that an answer may have: it stays in Gemini's context and is billed with every turn. */
  readonly answerCharacters: number;
  /** Calls of a room that run at a time; the others wait for their turn. */
  readonly atATime: number;
  /** Calls of a room that may wait; any more are refused. */
  readonly waiting: number;
}

export function callLimits(config: GeminiSessionConfig): CallLimits {
  return {
    deadlineMs: config.TOOL_DEADLINE_MS,
    argsCharacters: 16_000,
    answerCharacters: config.TOOL_ANSWER_CHARACTERS,
    atATime: 4,
    waiting: 32,
  };
}
