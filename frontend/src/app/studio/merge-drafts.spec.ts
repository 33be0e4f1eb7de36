import { DEFAULT_LIVE_SETTINGS } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { draftOf } from './gemini-settings/settings-draft.ts';
import { mergeDrafts } from './merge-drafts.ts';

const BASE = draftOf(DEFAULT_LIVE_SETTINGS);

describe('what two people change at the same time', () => {
  it('goes together where it is about different things', () => {
    const merged = mergeDrafts(BASE, { ...BASE, voice: 'Kore' }, { ...BASE, floor: 'mix' });
    expect(merged).toEqual({
      draft: { ...BASE, voice: 'Kore', floor: 'mix' },
      conflicts: [],
      taken: ['floor'],
    });
  });

  it('is to be decided where it is about the same thing', () => {
    const merged = mergeDrafts(BASE, { ...BASE, voice: 'Kore' }, { ...BASE, voice: 'Puck' });
    expect(merged).toEqual({ draft: { ...BASE, voice: 'Kore' }, conflicts: ['voice'], taken: [] });
  });

  it('is nothing to decide where both have done the same', () => {
    const both = { ...BASE, voice: 'Kore' };
    expect(mergeDrafts(BASE, both, both)).toEqual({ draft: both, conflicts: [], taken: [] });
  });
});
