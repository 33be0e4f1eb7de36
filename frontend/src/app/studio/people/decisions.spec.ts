import { describe, expect, it } from 'vitest';
import { decisions } from './decisions.ts';

describe('what one may decide about another', () => {
  it('is everything for the owner', () => {
    expect(decisions('owner', 'moderator')).toEqual({
      mute: true,
      remove: true,
      handOver: true,
      roles: ['moderator', 'member', 'viewer'],
    });
  });

  it('is what stands below them for a moderator', () => {
    expect(decisions('moderator', 'member')).toEqual({
      mute: true,
      remove: true,
      handOver: false,
      roles: ['member', 'viewer'],
    });
  });

  it('is nothing about those who stand as high, or higher, or for members and viewers', () => {
    const nothing = { mute: false, remove: false, handOver: false, roles: [] };
    expect(decisions('moderator', 'moderator')).toEqual(nothing);
    expect(decisions('moderator', 'owner')).toEqual(nothing);
    expect(decisions('member', 'viewer')).toEqual(nothing);
    expect(decisions(undefined, 'viewer')).toEqual(nothing);
  });

  it('does not mute a viewer, who cannot speak', () => {
    expect(decisions('owner', 'viewer')).toMatchObject({ mute: false, remove: true });
  });
});
