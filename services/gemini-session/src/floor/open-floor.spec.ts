import { describe, expect, it } from 'vitest';
import { expectPairs } from '../testing/floor-pairs.ts';
import { FRAME_MS, find, heard, run, speaker, turns } from '../testing/floor-run.ts';
import { frames, join, silence, speech } from '../testing/synthetic-speech.ts';
import { BEGIN_MS } from './floor.ts';
import { Grants } from './grants.ts';
import { VANISHED_MS } from './microphones.ts';
import { OpenFloor } from './open-floor.ts';

const ana = speaker('Ana', 1);
const ben = speaker('Ben', 2);
const newFloor = () => new OpenFloor({ onsetMs: 100, releaseMs: 700 }, new Grants(1));

describe('the open floor', () => {
  it('gives the floor to who speaks, with at least 300 ms before the first sound, and takes it after 700 ms of silence', () => {
    const words = speech(1.4);
    const outputs = run(newFloor(), new Map([[ana, join(silence(1), words, silence(2))]]));
    expect(turns(outputs)).toEqual(['Ana', '.']);
    const audio = heard(outputs);
    const onset = find(audio, words.subarray(0, 640));
    expect(onset).toBeGreaterThanOrEqual(300 * 32);
    expect(onset).toBeLessThanOrEqual(500 * 32);
    // Every word is there, unbroken.
    expect(find(audio, words)).toBe(onset);
    const end = outputs.find(({ type }) => type === 'end')!.atMs;
    expect(end - 2_400).toBeGreaterThan(500);
    expect(end - 2_400).toBeLessThan(900);
  });

  it('hears only the first speaker while they hold the floor', () => {
    const words = speech(0.6, 210);
    const outputs = run(
      newFloor(),
      new Map([
        [ana, join(silence(0.5), speech(2), silence(1.3))],
        [ben, join(silence(1.2), words, silence(2))],
      ]),
    );
    expect(turns(outputs)).toEqual(['Ana', '.']);
    expect(find(heard(outputs), words.subarray(3_200, 3_840))).toBe(-1);
  });

  it('gives the next speaker the floor from their first word, also when they began while another held it', () => {
    const words = speech(2.5, 210);
    const outputs = run(
      newFloor(),
      new Map([
        [ana, join(silence(0.3), speech(1.1), silence(4))],
        [ben, join(silence(1.2), words, silence(1.5))],
      ]),
    );
    expect(turns(outputs)).toEqual(['Ana', '.', 'Ben', '.']);
    expect(find(heard(outputs), words)).toBeGreaterThan(0);
  });

  it('ends the activity of a holder who leaves, mutes or vanishes, once', () => {
    const floor = newFloor();
    run(floor, new Map([[ana, speech(0.5)]]));
    expect(floor.status()).toMatchObject({ holder: ana.actor.id, speakers: [ana.actor.id] });
    expect(floor.remove(ana.source)).toEqual([{ type: 'end' }]);
    expect(floor.remove(ana.source)).toEqual([]);

    run(floor, new Map([[ben, speech(0.5)]]));
    expect(floor.tick(480 + VANISHED_MS - 1)).toEqual([]);
    expect(floor.tick(480 + VANISHED_MS)).toEqual([{ type: 'end' }]);
    expect(floor.tick(9_999)).toEqual([]);
    expect(floor.status().holder).toBeNull();
  });

  it('hears one speech where everything stood still for two seconds, and the frames came at once afterwards', () => {
    const floor = newFloor();
    const words = speech(3);
    const before = run(floor, new Map([[ana, join(silence(0.5), words.subarray(0, 32_000))]]));
    // The timers run before the sockets are read.
    const late = [...floor.tick(3_500)];
    for (const frame of frames(words.subarray(32_000), FRAME_MS))
      late.push(...floor.frame(ana, frame, 3_500));
    const after = run(floor, new Map([[ana, silence(1)]]), [], 3_520);
    expect(turns([...before, ...late.map((output) => ({ ...output, atMs: 3_500 })), ...after])).toEqual([
      'Ana',
      '.',
    ]);
  });

  it('does not hear a click, nor the noise of a room', () => {
    expect(run(newFloor(), new Map([[ana, join(silence(1), speech(0.03, 900), silence(1))]]))).toEqual([]);
    expect(run(newFloor(), new Map([[ana, silence(6)]]))).toEqual([]);
  });

  it('keeps no more of a silent microphone than the pre-roll', () => {
    const outputs = run(newFloor(), new Map([[ana, join(silence(3), speech(0.4))]]));
    const start = outputs.findIndex(({ type }) => type === 'start');
    const preRoll = outputs.filter((output, i) => i > start && output.atMs === outputs[start]!.atMs);
    expect(preRoll.length * FRAME_MS).toBeLessThanOrEqual(500);
  });

  it('lets a moderator take the floor: its holder is heard again after they have been silent', () => {
    const floor = newFloor();
    const words = speech(0.8, 180);
    const take = { atMs: 1_000, act: () => floor.move({ action: 'take' }, 1_000) };
    const outputs = run(floor, new Map([[ana, join(speech(3), silence(1), words, silence(1))]]), [take]);
    expect(turns(outputs)).toEqual(['Ana', '.', 'Ana', '.']);
    expect(outputs.find(({ type }) => type === 'end')!.atMs).toBe(1_000);
    expect(find(heard(outputs), words)).toBeGreaterThan(0);
    expect(outputs.filter(({ type }) => type === 'start')[1]!.atMs).toBeGreaterThan(4_000);
  });

  it('lets a moderator give the floor: the others wait for who has it, but not for ever', () => {
    const floor = newFloor();
    const give = { atMs: 1_000, act: () => floor.move({ action: 'give', to: ben.actor }, 1_000) };
    const outputs = run(
      floor,
      new Map([
        [ana, join(speech(5), silence(2))],
        [ben, join(silence(2), speech(1), silence(4))],
      ]),
      [give],
    );
    expect(turns(outputs)).toEqual(['Ana', '.', 'Ben', '.']);

    floor.move({ action: 'give', to: ana.actor }, 10_000);
    expect(floor.status()).toMatchObject({ holder: ana.actor.id, speakers: [] });
    run(floor, new Map([[ben, speech(0.5)]]), [], 10_000);
    expect(floor.speaking).toBe(false);
    floor.tick(10_000 + BEGIN_MS);
    expect(floor.status().holder).toBeNull();
  });

  it('shows raised hands in order, until they are lowered, their people speak or leave', () => {
    const floor = newFloor();
    for (const { actor } of [ben, ana]) floor.move({ action: 'raise', by: actor }, 0);
    floor.move({ action: 'raise', by: ben.actor }, 1);
    expect(floor.status()).toMatchObject({ holder: null, queue: [ben.actor.id, ana.actor.id] });
    run(floor, new Map([[ben, speech(0.5)]]));
    expect(floor.status().queue).toEqual([ana.actor.id]);
    floor.leave(ana.actor.id);
    expect(floor.status().queue).toEqual([]);
  });

  it('pairs starts and ends, with audio only between them, whatever happens in which order', () => {
    expectPairs(newFloor);
  });
});
