import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { EventOrder } from './event-order.ts';

describe('EventOrder', () => {
  it('takes the first event of a room when nothing is known', () => {
    const order = new EventOrder();
    expect(order.last).toBeNull();
    expect(order.accept(2)).toBe('gap');
    expect(order.accept(1)).toBe('next');
  });

  it('goes on after what is known already', () => {
    const order = new EventOrder(7);
    expect(order.accept(7)).toBe('double');
    expect(order.misses(7)).toBe(false);
    expect(order.misses(8)).toBe(true);
    expect(order.accept(8)).toBe('next');
    expect(order.last).toBe(8);
  });

  it('lets nothing but an unbroken ascending stream through, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 })),
        fc.integer({ min: 0, max: 5 }),
        (seqs, start) => {
          const order = new EventOrder();
          order.startAfter(start);
          const delivered = seqs.filter((seq) => order.accept(seq) === 'next');
          expect(delivered).toEqual(delivered.map((_, index) => start + 1 + index));
        },
      ),
    );
  });
});
