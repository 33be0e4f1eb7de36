import { RoomId } from '@studio/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newRoomId } from './room-id.ts';

const time = fc.integer({ min: 0, max: Date.UTC(2109, 0) });

it('makes ids that the contracts accept', () => {
  fc.assert(fc.property(time, (at) => RoomId.safeParse(newRoomId(at)).success));
});

it('sorts a newer room before an older one, as plain text and as bytes', () => {
  fc.assert(
    fc.property(time, time, (a, b) => {
      fc.pre(a !== b);
      const [older, newer] = [newRoomId(Math.min(a, b)), newRoomId(Math.max(a, b))];
      expect(newer < older).toBe(true);
      expect(Buffer.compare(Buffer.from(newer), Buffer.from(older))).toBe(-1);
    }),
  );
});

it('leaves 90 bits to chance: rooms of the same moment have nothing but the time in common', () => {
  const ids = Array.from({ length: 1_000 }, () => newRoomId(1_790_000_000_000));
  expect(new Set(ids.map((id) => id.slice(0, 7))).size).toBe(1);
  expect(new Set(ids.map((id) => id.slice(7))).size).toBe(1_000);
  for (let place = 7; place < 22; place++)
    expect(new Set(ids.map((id) => id.charAt(place))).size).toBeGreaterThan(50);
});
