import { describe, expect, it } from 'vitest';
import type { Entry } from '../mind/conversation.ts';
import { NO_TOKENS, totalOf } from '../output/usage.ts';
import { Context } from './context.ts';
import { readSettings } from './settings.ts';
import { Setup } from './setup.ts';

const entry = (text: string): Entry => ({ role: 'user', text, speech: [], pictures: [] });
const tokens = (count: number) => ({ ...NO_TOKENS, AUDIO: count });

function context(setup: object): Context {
  const endpoint = { backend: 'developer', version: 'v1beta', constrained: false } as const;
  return new Context(readSettings(Setup.parse({ model: 'models/gemini-3.8-live', ...setup }), endpoint));
}

describe('Context', () => {
  it('slides its window from the trigger down to the target, oldest first, and keeps the instruction', () => {
    const kept = context({
      systemInstruction: { parts: [{ text: 'x'.repeat(400) }] },
      contextWindowCompression: { triggerTokens: 1000, slidingWindow: { targetTokens: 500 } },
    });
    for (const name of ['a', 'b', 'c', 'd']) kept.add(entry(name), tokens(300));
    expect(kept.entries.map(({ text }) => text)).toEqual(['d']);
    expect(totalOf(kept.tokens)).toBe(400);
  });

  it('ends the session when the window is full and compression is off', () => {
    const full = context({});
    full.add(entry('a'), tokens(131_000));
    expect(() => full.add(entry('b'), tokens(100))).toThrow(
      'exceeds the maximum number of tokens allowed (131072)',
    );
  });
});
