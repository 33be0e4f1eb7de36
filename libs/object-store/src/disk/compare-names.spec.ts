import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareNames, placeBehind } from './compare-names.ts';

const name = fc.string({
  unit: fc.constantFrom('a', 'B', '/', 'é', '\ud7ff', '\ufffd', '\ue000', '🌳', '𝒳'),
});
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

it('orders names as their bytes do', () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(Math.sign(compareNames(one, other))).toBe(byBytes(one, other));
    }),
    { numRuns: 2_000 },
  );
});

it('finds the place behind a name, which need not be among them', () => {
  fc.assert(
    fc.property(fc.array(name), name, (names, after) => {
      const ordered = names.toSorted(byBytes);
      const place = placeBehind(ordered, after);
      expect(ordered.slice(0, place).every((one) => byBytes(one, after) <= 0)).toBe(true);
      expect(ordered.slice(place).every((one) => byBytes(one, after) > 0)).toBe(true);
    }),
  );
});
