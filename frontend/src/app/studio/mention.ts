/** Gemini's name as it is written to speak to it. */
const MENTION = '@Gemini';

/** Where a mention of Gemini begins that is being typed just before the caret; undefined when none is, or when it stands there whole. */
export function mentionStart(text: string, caret: number): number | undefined {
  const typed = /(?:^|[\s(])(@\p{L}*)$/u.exec(text.slice(0, caret))?.[1];
  if (typed === undefined || typed.length >= MENTION.length) return undefined;
  return MENTION.toLowerCase().startsWith(typed.toLowerCase()) ? caret - typed.length : undefined;
}

/** The text with the whole mention in the place of what was typed of it, and where the caret stands then. */
export function withMention(text: string, caret: number): { text: string; caret: number } {
  const start = mentionStart(text, caret) ?? caret;
  const rest = text.slice(caret);
  const mention = rest.startsWith(' ') ? MENTION : `${MENTION} `;
  return { text: text.slice(0, start) + mention + rest, caret: start + MENTION.length + 1 };
}
