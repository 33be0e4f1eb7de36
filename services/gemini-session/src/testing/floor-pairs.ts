import fc from 'fast-check';
import { expect } from 'vitest';
import type { Floor, FloorMove, FloorOutput } from '../floor/floor.ts';
import { speaker } from './floor-run.ts';
import { silence, speech } from './synthetic-speech.ts';

const SOUNDS = [speech(0.1), speech(0.1, 250), silence(0.1), new Uint8Array(0), new Uint8Array(3)];
const NOTHING = new Uint8Array(0);
const PEOPLE = [speaker('Ana', 1), speaker('Ben', 2), speaker('Cem', 3)];

const step = fc.record({
  what: fc.constantFrom(
    ...(['frame', 'frame', 'frame', 'frame', 'press', 'press', 'release', 'stale release'] as const),
    ...(['raise', 'lower', 'give', 'take', 'remove', 'leave', 'tick', 'close'] as const),
  ),
  who: fc.constantFrom(...PEOPLE),
  sound: fc.nat({ max: SOUNDS.length - 1 }),
  pause: fc.constantFrom(20, 20, 100, 1_100),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Whatever happens in which order: starts and ends are paired, audio lies between them, and the status is true at every moment. */
export function expectPairs(create: () => Floor): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const floor = create();
      let open = false;
      let now = 0;
      let grant = 0;
      for (const one of steps) {
        now += one.pause;
        for (const { type } of perform(floor, one, now)) {
          expect(type === 'start').toBe(!open);
          open = type !== 'end';
        }
        const status = floor.status();
        expect(floor.speaking).toBe(open);
        expect(status.speakers).toEqual(open ? [status.holder] : []);
        expect(status.grant).toBeGreaterThanOrEqual(grant);
        expect(status.queue).not.toContain(status.holder ?? '');
        expect(new Set(status.queue).size).toBe(status.queue.length);
        grant = status.grant;
      }
    }),
  );
}

function perform(floor: Floor, { what, who, sound }: Step, now: number): Iterable<FloorOutput> {
  switch (what) {
    case 'frame':
      return floor.frame(who, SOUNDS[sound] ?? NOTHING, now);
    case 'remove':
      return floor.remove(who.source, now);
    case 'leave':
      return floor.leave(who.actor.id, now);
    case 'tick':
      return floor.tick(now);
    case 'close':
      return floor.close();
    default:
      return floor.move(moveOf(what, { who }), now);
  }
}

function moveOf(
  what: Exclude<Step['what'], 'frame' | 'remove' | 'leave' | 'tick' | 'close'>,
  { who }: Pick<Step, 'who'>,
): FloorMove {
  switch (what) {
    case 'press':
      return { action: 'press', by: who };
    case 'release':
      return { action: 'release', by: who, grant: undefined };
    case 'stale release':
      return { action: 'release', by: who, grant: 1 };
    case 'raise':
    case 'lower':
      return { action: what, by: who.actor };
    case 'give':
      return { action: 'give', to: who.actor };
    case 'take':
      return { action: 'take' };
  }
}
