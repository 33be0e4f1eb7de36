import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findEntry, InconsistentLogError, type Place } from './find-entry.ts';

/** Distances between the entries of one log in a stream: others lie between them, now few, now many. */
const gaps = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5_000 })), {
  minLength: 2,
  maxLength: 200,
  size: 'max',
});

function places(distances: readonly number[]): Place[] {
  let position = 0;
  return distances.map((distance, index) => ({ seq: index + 1, position: (position += distance) }));
}

/** What JetStream answers about the entries that are kept, and how often it was asked. */
function stream(kept: readonly Place[]) {
  const asked: number[] = [];
  const next = (position: number) => {
    if (asked.push(position) > 100) throw new Error('it does not come to an end');
    const found = kept.find((place) => place.position >= position);
    return Promise.resolve(found && { ...found, key: '', data: new Uint8Array() });
  };
  return { next, asked };
}

it('finds the entry or the first one behind it that is kept, in few steps, between places of which some are old', async () => {
  await fc.assert(
    fc.asyncProperty(
      gaps,
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.nat(),
      async (distances, trim, wanted, below, above) => {
        const all = places(distances);
        const kept = all.slice(trim % all.length);
        const tail = all.at(-1) ?? { seq: 0, position: 0 };
        const seq = 1 + (wanted % tail.seq);
        // Remembered from before the log was trimmed, or the beginning.
        const low = all[(below % seq) - 1] ?? { seq: 0, position: 0 };
        const high = all[Math.min(tail.seq - 1, seq + (above % tail.seq))] ?? tail;
        const { next, asked } = stream(kept);
        const found = await findEntry(next, seq, low, high);
        expect(found.seq).toBe(Math.max(seq, kept[0]?.seq ?? 0));
        expect(asked.length).toBeLessThanOrEqual(2 * Math.log2(high.position - low.position + 1) + 4);
      },
    ),
    { numRuns: 500 },
  );
});

it('says so when what was remembered is of a log that was deleted and begun anew', async () => {
  const anew = places([1_000, 1, 1]);
  const [low, high] = [
    { seq: 5, position: 50 },
    { seq: 90, position: 900 },
  ];
  await expect(findEntry(stream(anew).next, 10, low, high)).rejects.toThrow(InconsistentLogError);
  await expect(findEntry(stream([]).next, 10, low, high)).rejects.toThrow(InconsistentLogError);
});
