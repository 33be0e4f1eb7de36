import type { Invite } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { endWords } from './invite-words.ts';

const NOW = Date.UTC(2026, 10, 25);
const invite = (expiresAt: number | null): Invite => ({
  id: 'I'.repeat(22),
  role: 'member',
  expiresAt,
  createdAt: NOW,
  createdBy: 'Ada',
});

describe('the end of an invite', () => {
  it.each([
    [null, 'does not expire'],
    [NOW - 1, 'expired'],
    [NOW + 20_000, 'expires in 1 minute'],
    [NOW + 3_600_000, 'expires in 1 hour'],
    [NOW + 7 * 86_400_000 - 10, 'expires in 7 days'],
  ])('at %j is told as %j', (at, words) => {
    expect(endWords(invite(at), NOW, 'en')).toBe(words);
  });
});
