import type { FloorStatus } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { pressAfter } from './floor-change.ts';

const ME = 'M'.repeat(22);
const BEN = 'B'.repeat(22);

function floor(change: Partial<FloorStatus>): FloorStatus {
  return { policy: 'push-to-talk', holder: null, grant: 0, speakers: [], queue: [], ...change };
}

describe('a press while the floor changes', () => {
  it('is kept while it waits and when its turn comes', () => {
    const waiting = floor({ holder: BEN, grant: 3, queue: [ME] });
    expect(pressAfter(floor({ holder: BEN, grant: 3 }), waiting, ME)).toBe('kept');
    expect(pressAfter(waiting, floor({ holder: ME, grant: 4 }), ME)).toBe('kept');
  });

  it('is taken when a moderator takes the floor or gives it to somebody else', () => {
    const mine = floor({ holder: ME, grant: 4 });
    expect(pressAfter(mine, floor({ grant: 4 }), ME)).toBe('taken');
    expect(pressAfter(mine, floor({ holder: BEN, grant: 5 }), ME)).toBe('taken');
  });

  it('is lost when the floor begins anew', () => {
    expect(pressAfter(floor({ holder: ME, grant: 4 }), floor({}), ME)).toBe('lost');
    expect(pressAfter(floor({ holder: BEN, grant: 4, queue: [ME] }), floor({}), ME)).toBe('lost');
  });

  it('is nothing that a change of others touches', () => {
    expect(pressAfter(floor({}), floor({ holder: BEN, grant: 1 }), ME)).toBe('kept');
  });
});
