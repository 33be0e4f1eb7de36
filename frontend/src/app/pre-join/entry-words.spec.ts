import { NEW_ROOM } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { barredWords, isBarred } from './entry-words.ts';

const ROOM: Room = {
  id: 'R'.repeat(22),
  name: 'Planning',
  ownerId: 'A'.repeat(22),
  ownerName: 'Ada',
  visibility: 'invited',
  ...NEW_ROOM,
  status: 'open',
  createdAt: 0,
};

describe('a door that stays shut', () => {
  it('is one that neither a knock nor a passcode opens', () => {
    const entries = ['free', 'passcode', 'knock', 'locked', 'invite', 'removed', 'closed'] as const;
    expect(entries.filter(isBarred)).toEqual(['locked', 'invite', 'removed', 'closed']);
  });

  it('says why, and who can do something about it', () => {
    for (const barred of ['locked', 'invite', 'removed', 'closed'] as const) {
      const { text } = barredWords(barred, ROOM, false);
      expect(text).toContain('Planning');
      expect(text).toContain('Ada');
    }
  });

  it('says of an invite that it does not count any more', () => {
    expect(barredWords('invite', ROOM, true).heading).toMatch(/not valid any more/);
    expect(barredWords('invite', ROOM, false).heading).toMatch(/need an invite/);
  });
});
