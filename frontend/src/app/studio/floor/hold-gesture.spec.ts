import { describe, expect, it } from 'vitest';
import { LET_GO, TAP_MS, lifted, lost, pressed, toggled } from './hold-gesture.ts';

describe('a button that is held', () => {
  const held = pressed(LET_GO, 1_000);

  it('is down as long as the hand is on it', () => {
    expect(held).toMatchObject({ down: true, locked: false });
    expect(lifted(held, 1_000 + TAP_MS)).toEqual(LET_GO);
  });

  it('stays down after a tap, until the next press', () => {
    const tapped = lifted(held, 1_000 + TAP_MS - 1);
    expect(tapped).toMatchObject({ down: true, locked: true });
    const again = pressed(tapped, 5_000);
    expect(again).toEqual(LET_GO);
    // The hand that has let go of it lifts as well.
    expect(lifted(again, 5_010)).toEqual(LET_GO);
  });

  it('is a switch for those who have no way to hold it', () => {
    const on = toggled(LET_GO);
    expect(on).toMatchObject({ down: true, locked: true });
    expect(toggled(on)).toEqual(LET_GO);
  });

  it('is let go of when the hand gets lost, but stays down when it is locked', () => {
    expect(lost(held)).toEqual(LET_GO);
    expect(lost(toggled(LET_GO)).down).toBe(true);
  });

  it('takes no second hand', () => {
    expect(pressed(held, 1_100)).toBe(held);
  });
});
