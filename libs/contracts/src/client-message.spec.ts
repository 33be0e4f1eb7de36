import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientMessage } from './client-message.ts';
import { newId } from './ids.ts';
import { LIMITS } from './limits.ts';

describe('a client message', () => {
  const chat = (text: string) => ClientMessage.safeParse({ type: 'chat', id: 1, key: newId(), text });

  it('takes a chat of 1 to 8,000 characters, trimmed', () => {
    expect(chat('  hello ').data).toMatchObject({ text: 'hello' });
    expect(chat('x'.repeat(LIMITS.chatCharacters)).success).toBe(true);
    expect(chat('x'.repeat(LIMITS.chatCharacters + 1)).success).toBe(false);
    expect(chat('   ').success).toBe(false);
  });

  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof ClientMessage.safeParse(value).success).toBe('boolean');
      }),
    );
  });
});
