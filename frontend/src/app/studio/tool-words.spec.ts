import { describe, expect, it } from 'vitest';
import { durationWords, readableJson, toolTitle } from './tool-words.ts';

describe('a tool call in words', () => {
  it.each([
    ['search_conversation', 'search conversation'],
    ['whoIsHere', 'who is here'],
    ['crm.find-customer', 'crm find customer'],
  ])('%s is called %j', (name, title) => {
    expect(toolTitle(name)).toBe(title);
  });

  it('has taken milliseconds or seconds', () => {
    expect([durationWords(40), durationWords(1_250)]).toEqual(['40 ms', '1.3 s']);
  });

  it('shows JSON with line breaks, and what was cut as it is', () => {
    expect(readableJson('{"query":"apples"}')).toBe('{\n  "query": "apples"\n}');
    expect(readableJson('{"query":"app')).toBe('{"query":"app');
  });
});
