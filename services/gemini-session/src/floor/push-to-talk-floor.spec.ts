import { describe, expect, it } from 'vitest';
import { expectPairs } from '../testing/floor-pairs.ts';
import { find, heard, run, speaker, turns } from '../testing/floor-run.ts';
import type { Moment } from '../testing/floor-run.ts';
import { join, silence, speech } from '../testing/synthetic-speech.ts';
import { BEGIN_MS } from './floor.ts';
import type { Speaker } from './floor.ts';
import { Grants } from './grants.ts';
import { VANISHED_MS } from './microphones.ts';
import { PushToTalkFloor } from './push-to-talk-floor.ts';

const ana = speaker('Ana', 1);
const ben = speaker('Ben', 2);
const cem = speaker('Cem', 3);
const newFloor = (token = 1) => new PushToTalkFloor({ onsetMs: 100, releaseMs: 700 }, new Grants(token));

const press = (by: Speaker, atMs: number): Moment => ({
  atMs,
  act: (floor, now) => floor.move({ action: 'press', by }, now),
});
const release = (by: Speaker, atMs: number, grant?: number): Moment => ({
  atMs,
  act: (floor, now) => floor.move({ action: 'release', by, grant }, now),
});
const raise = ({ actor }: Speaker, atMs: number): Moment => ({
  atMs,
  act: (floor, now) => floor.move({ action: 'raise', by: actor }, now),
});

describe('the push-to-talk floor', () => {
  it('hears whoever holds the button from the press to the release, and nobody else', () => {
    const [before, during, after] = [speech(1, 140), speech(1, 200), speech(1, 260)];
    const outputs = run(
      newFloor(),
      new Map([
        [ana, join(before, during, after)],
        [ben, speech(3, 180)],
      ]),
      [press(ana, 980), release(ana, 1_980)],
    );
    expect(turns(outputs)).toEqual(['Ana', '.']);
    const audio = heard(outputs);
    expect(audio.byteLength).toBe(during.byteLength + 200 * 32);
    expect(find(audio, during)).toBe(200 * 32);
  });

  it('loses no audio that came while the press was on its way, nor any when the microphone opens after it', () => {
    const words = speech(1);
    const early = run(newFloor(), new Map([[ana, words]]), [press(ana, 180), release(ana, 980)]);
    expect(find(heard(early), words)).toBe(0);

    const floor = newFloor();
    expect(turns(run(floor, new Map(), [press(ana, 0)]))).toEqual([]);
    expect(floor.status()).toMatchObject({ holder: ana.actor.id, speakers: [] });
    const late = run(floor, new Map([[ana, words]]), [release(ana, 980)], 2_000);
    expect(heard(late)).toEqual(words);
    expect(turns(late)).toEqual(['Ana', '.']);
  });

  it('pairs the activity of a very short press, and makes none of a press without sound', () => {
    const short = run(newFloor(), new Map([[ana, speech(0.04)]]), [press(ana, 0), release(ana, 20)]);
    expect(turns(short)).toEqual(['Ana', '.']);
    expect(run(newFloor(), new Map(), [press(ana, 0), release(ana, 0)])).toEqual([]);
  });

  it('puts a press while it is taken into the queue as long as it lasts, and hears it from its first word', () => {
    const [mine, next] = [speech(1.5, 140), speech(1.5, 200)];
    const floor = newFloor();
    const outputs = run(
      floor,
      new Map([
        [ana, mine],
        [ben, join(silence(0.5), next, silence(1))],
      ]),
      [
        ...[press(ana, 0), press(ben, 400), press(cem, 500), release(cem, 600)],
        ...[release(ana, 1_480), release(ben, 2_480)],
      ],
    );
    expect(turns(outputs)).toEqual(['Ana', '.', 'Ben', '.']);
    expect(find(heard(outputs), next)).toBeGreaterThan(0);
    expect(floor.status()).toMatchObject({ holder: null, queue: [] });
  });

  it('grants the raised hands in order, each for a bounded time to begin', () => {
    const floor = newFloor();
    run(floor, new Map([[ana, speech(0.5)]]), [press(ana, 0), raise(cem, 20), raise(ben, 40)]);
    expect(floor.status()).toMatchObject({ holder: ana.actor.id, queue: [cem.actor.id, ben.actor.id] });
    floor.move({ action: 'release', by: ana, grant: floor.status().grant }, 1_000);
    expect(floor.status()).toMatchObject({ holder: cem.actor.id, speakers: [], queue: [ben.actor.id] });
    floor.tick(1_000 + BEGIN_MS - 1);
    expect(floor.status().holder).toBe(cem.actor.id);
    floor.tick(1_000 + BEGIN_MS);
    expect(floor.status()).toMatchObject({ holder: ben.actor.id, queue: [] });
    // Not heard before the button is pressed.
    expect(run(floor, new Map([[ben, speech(0.5)]]), [], 11_000)).toEqual([]);
    const outputs = run(floor, new Map([[ben, speech(0.5)]]), [press(ben, 0), release(ben, 480)], 12_000);
    expect(turns(outputs)).toEqual(['Ben', '.']);
    expect(floor.status().holder).toBeNull();
  });

  it('does nothing on a release that names an older grant', () => {
    const floor = newFloor(7);
    run(floor, new Map(), [press(ana, 0)]);
    const { grant } = floor.status();
    expect(grant).toBeGreaterThan(7_000);
    run(floor, new Map(), [release(ana, 0, grant), press(ana, 20)], 100);
    const again = floor.status();
    expect(again.grant).toBeGreaterThan(grant);
    run(floor, new Map(), [release(ana, 0, grant)], 200);
    expect(floor.status()).toEqual(again);
    run(floor, new Map(), [release(ana, 0, again.grant)], 300);
    expect(floor.status().holder).toBeNull();
    expect(new Grants(8).next()).toBeGreaterThan(again.grant);
  });

  it('does not hear what was said without the button while waiting for nothing', () => {
    const before = speech(4, 160);
    const floor = newFloor();
    const outputs = run(floor, new Map([[ana, join(before, speech(0.5))]]), [press(ana, 4_000)]);
    expect(heard(outputs).byteLength).toBeLessThanOrEqual(750 * 32);
  });

  it('passes on when the holder mutes, leaves or vanishes', () => {
    const floor = newFloor();
    const hold = (from: number) =>
      run(floor, new Map([[ana, speech(0.1)]]), [press(ana, 0), raise(ben, 20)], from);
    for (const end of [
      (now: number) => floor.remove(ana.source, now),
      (now: number) => floor.leave(ana.actor.id, now),
      (now: number) => floor.tick(now + VANISHED_MS),
    ]) {
      hold(0);
      expect(floor.status().holder).toBe(ana.actor.id);
      expect(end(100)).toEqual([{ type: 'end' }]);
      expect(floor.status()).toMatchObject({ holder: ben.actor.id, queue: [] });
      floor.leave(ben.actor.id, 200);
    }
  });

  it('stays with who holds the button while nothing is heard of them for two seconds', () => {
    const floor = newFloor();
    const outputs = run(floor, new Map([[ana, speech(1)]]), [press(ana, 0), raise(ben, 20)]);
    for (let now = 1_000; now <= 3_000; now += floor.tickMs) floor.tick(now);
    const after = run(floor, new Map([[ana, speech(1)]]), [release(ana, 900)], 3_000);
    expect(turns([...outputs, ...after])).toEqual(['Ana', '.']);
    expect(heard([...outputs, ...after]).byteLength).toBeGreaterThan(1_850 * 32);
  });

  it('obeys a moderator, who gives and takes', () => {
    const floor = newFloor();
    run(floor, new Map([[ana, speech(0.5)]]), [press(ana, 0), raise(ben, 20), raise(cem, 20)]);
    expect(floor.move({ action: 'give', to: cem.actor }, 500)).toEqual([{ type: 'end' }]);
    expect(floor.status()).toMatchObject({ holder: cem.actor.id, queue: [ben.actor.id] });
    floor.move({ action: 'take' }, 600);
    expect(floor.status()).toMatchObject({ holder: ben.actor.id, queue: [] });
    floor.move({ action: 'take' }, 700);
    expect(floor.status().holder).toBeNull();
  });

  it('is held by one microphone of a person with two', () => {
    const floor = newFloor();
    const tab = { ...ana, source: 9 };
    const outputs = run(
      floor,
      new Map([
        [ana, speech(1, 140)],
        [tab, speech(1, 200)],
      ]),
      [press(ana, 200), press(tab, 300), release(tab, 400), release(ana, 800)],
    );
    expect(turns(outputs)).toEqual(['Ana', '.']);
    expect(outputs.at(-1)!.atMs).toBe(800);
  });

  it('pairs starts and ends, with audio only between them, whatever happens in which order', () => {
    expectPairs(newFloor);
  });
});
