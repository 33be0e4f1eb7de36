import { bytesOf, peak, samplesOf } from '@studio/audio';
import { describe, expect, it } from 'vitest';
import { find, heard, run, speaker, turns } from '../testing/floor-run.ts';
import type { TimedOutput } from '../testing/floor-run.ts';
import { frames, join, silence, speech } from '../testing/synthetic-speech.ts';
import { Grants } from './grants.ts';
import { MixFloor } from './mix-floor.ts';

const ana = speaker('Ana', 1);
const ben = speaker('Ben', 2);
const cem = speaker('Cem', 3);
const newFloor = () => new MixFloor({ onsetMs: 100, releaseMs: 700 }, new Grants(1));
const seconds = (outputs: readonly TimedOutput[]) => heard(outputs).byteLength / 32_000;
const pauses = (outputs: readonly TimedOutput[]) => outputs.filter(({ type }) => type === 'pause');

describe('the mixed floor', () => {
  it('hears one speaker as they are, from their first sound on', () => {
    const words = speech(1.4);
    const outputs = run(newFloor(), new Map([[ana, join(silence(0.5), words, silence(1.5))]]));
    expect(find(heard(outputs), words)).toBeGreaterThan(0);
    expect(turns(outputs)).toEqual(['Ana', '.']);
  });

  it('is a stream in real time while a microphone is open, with silence for gaps, and one pause when none is', () => {
    const floor = newFloor();
    const outputs = run(floor, new Map([[ana, silence(3)]]), [{ atMs: 8_000, act: () => [] }]);
    // A second of silence more, after which the stream stops.
    expect(seconds(outputs)).toBeCloseTo(4, 1);
    expect(pauses(outputs).map(({ atMs }) => atMs)).toEqual([3_980]);
    const again = run(floor, new Map([[ana, silence(1)]]), [], 20_000);
    expect(seconds(again)).toBeCloseTo(1, 1);
  });

  it('tells everybody who spoke in a stretch, who spoke most first, and one alone by the start', () => {
    const outputs = run(
      newFloor(),
      new Map([
        [ana, join(silence(0.3), speech(1), silence(4.7))],
        [ben, join(silence(0.8), speech(2.2, 210), silence(3))],
        [cem, silence(6)],
      ]),
    );
    const ends = outputs.flatMap((output) => (output.type === 'end' ? [output.speakers] : []));
    expect(ends.map((speakers) => speakers?.map(({ name }) => name))).toEqual([['Ben', 'Ana']]);
    expect(turns(outputs)).toEqual(['Ana', '.']);
  });

  it('shows who speaks now, and sees the camera of who spoke last', () => {
    const floor = newFloor();
    run(
      floor,
      new Map([
        [ana, speech(1)],
        [ben, join(silence(0.5), speech(0.5, 210))],
      ]),
    );
    expect(floor.status()).toMatchObject({
      policy: 'mix',
      holder: null,
      speakers: [ana.actor.id, ben.actor.id],
    });
    floor.remove(ana.source);
    expect(floor.status().speakers).toEqual([ben.actor.id]);
    expect(floor.inView).toBe(ben.actor.id);
    expect(floor.remove(ben.source)).toMatchObject([{ type: 'end' }]);
    floor.move({ action: 'raise', by: cem.actor });
    expect(floor.status().queue).toEqual([cem.actor.id]);
  });

  it('never exceeds full scale when all shout at once', () => {
    const streams = [140, 180, 220, 260].map(
      (pitch, i) => [speaker(`${pitch}`, i + 1), speech(2, pitch, -3)] as const,
    );
    const outputs = run(newFloor(), new Map(streams));
    const samples = samplesOf(heard(outputs));
    expect(peak(samples)).toBeLessThanOrEqual(32_767 / 32_768);
    expect(peak(samples)).toBeGreaterThan(0.9);
  });

  it('has no hole after a hiccup of the process, in which frames came later than the tick', () => {
    // Without pauses, in which a hole would not be heard.
    const words = bytesOf(Int16Array.from({ length: 32_000 }, (_, i) => 5_000 * Math.cos(i * i * 1e-6)));
    const floor = newFloor();
    const cut = [...frames(words, 20)];
    const sound: Uint8Array[] = [];
    // Ticks come before the frames of their moment, and nothing happens from 600 to 780 ms.
    for (let now = 0; now < 2_400; now += now === 600 ? 180 : 20) {
      for (const output of floor.tick(now)) if (output.type === 'audio') sound.push(output.pcm.slice());
      while (cut.length > 0 && (100 - cut.length) * 20 <= now) floor.frame(ana, cut.shift()!, now);
    }
    expect(find(join(...sound), words)).toBeGreaterThan(0);
  });

  it('is exactly as long as the time, over ten minutes of late, early and missing ticks', () => {
    const floor = newFloor();
    const frame = silence(0.02);
    const tenMinutes = 600_000;
    let [samples, most, now, jitter] = [0, 0, 0, 1];
    let arrivals = 1;
    floor.frame(ana, frame, 0);
    const random = () => (jitter = (Math.imul(jitter, 1_664_525) + 1_013_904_223) >>> 0) / 0xffffffff;
    const step = (ms: number) => {
      now += ms;
      for (; arrivals * 20 <= now; arrivals++) floor.frame(ana, frame, now);
      const blocks = [...floor.tick(now)].flatMap((output) =>
        output.type === 'audio' ? output.pcm.length / 2 : [],
      );
      samples += blocks.reduce((sum, length) => sum + length, 0);
      most = Math.max(most, blocks.length);
      return now - samples / 16;
    };
    while (now < tenMinutes) {
      // Now and then the process is held up for half a second.
      const behindMs = step(random() < 0.001 ? 500 : 15 + 12 * random());
      expect(behindMs).toBeGreaterThanOrEqual(0);
      expect(behindMs).toBeLessThan(750);
    }
    expect(most).toBeLessThanOrEqual(5);
    for (let ticks = 0; ticks < 50; ticks++) step(20);
    expect(now - samples / 16).toBeLessThan(40);
  });
});
