import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frames, join, silence, speech } from '../testing/synthetic-speech.ts';
import type { FloorAction } from './floor-action.ts';
import { OPEN_FLOOR, OpenFloor } from './open-floor.ts';

const ANA = 1;
const BEN = 2;
const FRAME_MS = 20;

/** What a run of microphones side by side, frame by frame in real time, gives. */
function run(
  streams: ReadonlyMap<number, Uint8Array>,
  floor = new OpenFloor(),
): (FloorAction & { atMs: number })[] {
  const actions: (FloorAction & { atMs: number })[] = [];
  const cut = [...streams].map(([source, pcm]) => ({ source, frames: [...frames(pcm, FRAME_MS)] }));
  const length = Math.max(...cut.map((stream) => stream.frames.length));
  for (let i = 0; i < length; i++) {
    const atMs = i * FRAME_MS;
    const take = (list: readonly FloorAction[]) =>
      actions.push(...list.map((action) => ({ ...action, atMs })));
    for (const { source, frames: own } of cut) if (own[i]) take(floor.frame(source, own[i]!, atMs));
    take(floor.tick(atMs));
  }
  return actions;
}

const types = (actions: readonly FloorAction[]) =>
  actions.map(({ type }) => type).filter((type) => type !== 'audio');
const holders = (actions: readonly FloorAction[]) =>
  actions.flatMap((action) => (action.type === 'activityStart' ? action.source : []));
const heard = (actions: readonly FloorAction[]) =>
  join(...actions.flatMap((action) => (action.type === 'audio' ? action.pcm : [])));
const find = (pcm: Uint8Array, part: Uint8Array) => Buffer.from(pcm).indexOf(Buffer.from(part));

describe('the open floor', () => {
  it('gives the floor to who speaks, with at least 300 ms before the first sound, and takes it after 700 ms of silence', () => {
    const words = speech(1.4);
    const actions = run(new Map([[ANA, join(silence(1), words, silence(2))]]));
    expect(types(actions)).toEqual(['activityStart', 'activityEnd']);
    const audio = heard(actions);
    const onset = find(audio, words.subarray(0, 640));
    expect(onset).toBeGreaterThanOrEqual(300 * 32);
    // Every word is there, unbroken.
    expect(find(audio, words)).toBe(onset);
    const end = actions.find(({ type }) => type === 'activityEnd')!.atMs;
    expect(end - 2_400).toBeGreaterThan(500);
    expect(end - 2_400).toBeLessThan(900);
  });

  it('hears only the first speaker while they hold the floor', () => {
    const words = speech(0.6, 210);
    const actions = run(
      new Map([
        [ANA, join(silence(0.5), speech(2), silence(1.3))],
        [BEN, join(silence(1.2), words, silence(2))],
      ]),
    );
    expect(holders(actions)).toEqual([ANA]);
    expect(find(heard(actions), words.subarray(3_200, 3_840))).toBe(-1);
  });

  it('gives the next speaker the floor from their first word, also when they began while another held it', () => {
    const words = speech(2.5, 210);
    const actions = run(
      new Map([
        [ANA, join(silence(0.3), speech(1.1), silence(4))],
        [BEN, join(silence(1.2), words, silence(1.5))],
      ]),
    );
    expect(holders(actions)).toEqual([ANA, BEN]);
    expect(types(actions)).toEqual(['activityStart', 'activityEnd', 'activityStart', 'activityEnd']);
    expect(find(heard(actions), words)).toBeGreaterThan(0);
  });

  it('ends the activity of a holder who leaves, mutes or vanishes, once', () => {
    const floor = new OpenFloor();
    run(new Map([[ANA, speech(0.5)]]), floor);
    expect(floor.holder).toBe(ANA);
    expect(floor.remove(ANA)).toEqual([{ type: 'activityEnd' }]);
    expect(floor.remove(ANA)).toEqual([]);

    run(new Map([[BEN, speech(0.5)]]), floor);
    expect(floor.tick(480 + OPEN_FLOOR.vanishedMs - 1)).toEqual([]);
    expect(floor.tick(480 + OPEN_FLOOR.vanishedMs)).toEqual([{ type: 'activityEnd' }]);
    expect(floor.tick(9_999)).toEqual([]);
    expect(floor.holder).toBeUndefined();
  });

  it('does not hear a click, nor the noise of a room', () => {
    expect(run(new Map([[ANA, join(silence(1), speech(0.03, 900), silence(1))]]))).toEqual([]);
    expect(run(new Map([[ANA, silence(6)]]))).toEqual([]);
  });

  it('keeps no more of a silent microphone than the pre-roll', () => {
    const actions = run(new Map([[ANA, join(silence(3), speech(0.4))]]));
    const start = actions.findIndex(({ type }) => type === 'activityStart');
    const preRoll = actions.filter((action, i) => i > start && action.atMs === actions[start]!.atMs);
    expect(preRoll.length * FRAME_MS).toBeLessThanOrEqual(OPEN_FLOOR.preRollMs + 100);
  });

  it('pairs starts and ends, with audio only between them, whatever happens in which order', () => {
    const sounds = [speech(0.1), speech(0.1, 250), silence(0.1), new Uint8Array(0), new Uint8Array(3)];
    const step = fc.record({
      what: fc.constantFrom('frame', 'frame', 'frame', 'frame', 'remove', 'tick'),
      source: fc.integer({ min: 1, max: 3 }),
      sound: fc.constantFrom(...sounds),
      pause: fc.constantFrom(20, 20, 100, 1_100),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const floor = new OpenFloor();
        let open = false;
        let now = 0;
        for (const { what, source, sound, pause } of steps) {
          now += pause;
          const actions =
            what === 'frame'
              ? floor.frame(source, sound, now)
              : what === 'remove'
                ? floor.remove(source)
                : floor.tick(now);
          for (const { type } of actions) {
            expect(type === 'activityStart').toBe(!open && type !== 'audio' && type !== 'activityEnd');
            if (type === 'activityStart') open = true;
            else expect(open).toBe(true);
            if (type === 'activityEnd') open = false;
          }
          expect(open).toBe(floor.holder !== undefined);
        }
      }),
    );
  });
});
