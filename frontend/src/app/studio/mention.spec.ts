import { describe, expect, it } from 'vitest';
import { mentionStart, withMention } from './mention.ts';

describe('a mention of Gemini', () => {
  it.each([
    ['@', 0],
    ['@g', 0],
    ['What do you think, @Gem', 19],
    ['(@gemi', 1],
  ])('is being typed in %j', (text, start) => {
    expect(mentionStart(text, text.length)).toBe(start);
  });

  it.each(['', 'gem', 'mail@gem', '@Ben', '@Gemini', '@Gemini '])('is not being typed in %j', (text) => {
    expect(mentionStart(text, text.length)).toBeUndefined();
  });

  it('is looked for before the caret', () => {
    expect(mentionStart('@gem what now', 4)).toBe(0);
    expect(mentionStart('@gem what now', 13)).toBeUndefined();
  });

  it('takes the place of what was typed of it', () => {
    expect(withMention('So @ge', 6)).toEqual({ text: 'So @Gemini ', caret: 11 });
    expect(withMention('@ge what now', 3)).toEqual({ text: '@Gemini what now', caret: 8 });
  });
});
