import { expect, it } from 'vitest';
import { checkRoom } from './check-room.ts';
import type { Witness } from './check-room.ts';

const KEPT = ['a', 'b', 'c'].map((key, index) => ({ seq: index + 1, key }));

function witness(acknowledged: [string, number][], seen: [number, string][] = []): Witness {
  return { name: 'Ada', acknowledged: new Map(acknowledged), seen: new Map(seen) };
}

it('finds nothing where everything that was promised and told is there once', () => {
  const seen: [number, string][] = [
    [2, 'b'],
    [3, 'c'],
  ];
  const findings = checkRoom(KEPT, [witness([['b', 2]], seen)], new Map([['the log', KEPT.slice(1)]]));
  expect(findings).toEqual({ acknowledged: 1, lost: [], doubled: [], disorder: [] });
});

it('finds an acknowledged line that is not there', () => {
  expect(checkRoom(KEPT, [witness([['d', 4]])]).lost).toEqual(['d of Ada, acknowledged as 4']);
});

it('finds a key that is there twice', () => {
  expect(checkRoom([...KEPT, { seq: 4, key: 'b' }], []).doubled).toEqual(['b is 2 and 4']);
});

it('finds a line at another place than was promised or told, a gap, and a source that says something else', () => {
  expect(checkRoom(KEPT, [witness([['b', 3]])]).disorder).toHaveLength(1);
  expect(checkRoom(KEPT, [witness([], [[1, 'x']])]).disorder).toEqual(['Ada was told x as 1, which is a']);
  expect(checkRoom(KEPT.slice(1), []).disorder).toHaveLength(2);
  expect(checkRoom(KEPT, [], new Map([['the archive', [{ seq: 4, key: 'd' }]]])).disorder).toEqual([
    'the archive has d as 4, which is not there',
  ]);
});
