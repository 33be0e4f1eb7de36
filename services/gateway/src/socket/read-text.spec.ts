import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, newId } from '@studio/contracts';
import { readText } from './read-text.ts';

function read(value: unknown): unknown {
  return readText(Buffer.from(JSON.stringify(value)));
}

const chat = { type: 'chat', id: 7, key: newId(), text: 'hello' };

describe('readText', () => {
  it('reads a message', () => {
    expect(read(chat)).toEqual({ message: chat });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['no type', '{}'],
    ['a type that is no word', '{"type":1}'],
    ['a known type of another shape', '{"type":"chat","id":"x","text":"a"}'],
    ['a chat with a key that cannot be one', JSON.stringify({ ...chat, key: '?' })],
    ['a long chat without an id', JSON.stringify({ ...chat, id: 0, text: 'x'.repeat(9_000) })],
  ])('closes as malformed: %s', (_, text) => {
    expect(readText(Buffer.from(text))).toEqual({ close: 'malformedFrame' });
  });

  it('tells an unknown type from a malformed message', () => {
    expect(read({ type: 'dance', id: 1 })).toEqual({ close: 'unknownType' });
  });

  it('answers a chat that is too long, or empty, with an error of its id', () => {
    const long = read({ ...chat, text: 'x'.repeat(LIMITS.chatCharacters + 1) });
    expect(long).toMatchObject({ refuse: { id: 7, code: 'too_large' } });
    expect(read({ ...chat, text: ' \n ' })).toMatchObject({ refuse: { id: 7, code: 'invalid' } });
  });

  it('closes when a frame is too large', () => {
    const text = JSON.stringify({ ...chat, text: 'x'.repeat(LIMITS.textFrameBytes) });
    expect(readText(Buffer.from(text))).toEqual({ close: 'frameTooLarge' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Object.keys(readText(Buffer.from(text)))).toHaveLength(1);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Object.keys(readText(Buffer.from(bytes)))).toHaveLength(1);
      }),
    );
  });
});
