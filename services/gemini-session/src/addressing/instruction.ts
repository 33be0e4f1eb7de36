import type { Addressing } from '@studio/contracts';

/** What Gemini is told about when it is to answer; a part of the system instruction. */
export const ADDRESSING_INSTRUCTION: Readonly<Record<Addressing, string>> = {
  always: 'People talk to you: answer what they say, unless one of them clearly speaks to another.',
  'when-addressed':
    'People talk mostly to each other. Answer only when somebody calls you by your name or asks you to answer; otherwise listen and say nothing.',
  observer:
    'You are an observer: listen and say nothing until a text in parentheses asks you to answer. Then answer with what you have heard so far in mind.',
};
