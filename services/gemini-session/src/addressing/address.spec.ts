import { describe, expect, it } from 'vitest';
import { isAddressed, namesGemini } from './address.ts';

describe('a text', () => {
  it.each([
    'Gemini, what do you think?',
    'Was meint @gemini?',
    'ask GEMINI.',
    '“Gemini”?',
    'Джемини, скажи',
    'ジェミニさん',
  ])('calls Gemini by its name: %s', (text) => expect(namesGemini(text)).toBe(true));

  it.each(['', 'Geminis are twins', 'the geminid shower', 'Ben, what do you think?', 'xgemini'])(
    'does not: %s',
    (text) => expect(namesGemini(text)).toBe(false),
  );

  it('is for Gemini by the addressing of the room, and always when it asks', () => {
    const named = { text: 'Gemini?' };
    const plain = { text: 'Hello' };
    expect([named, plain].map((line) => isAddressed('always', line))).toEqual([true, true]);
    expect([named, plain].map((line) => isAddressed('when-addressed', line))).toEqual([true, false]);
    expect([named, plain].map((line) => isAddressed('observer', line))).toEqual([false, false]);
    for (const addressing of ['always', 'when-addressed', 'observer'] as const)
      expect(isAddressed(addressing, { ...plain, ask: true })).toBe(true);
  });
});
