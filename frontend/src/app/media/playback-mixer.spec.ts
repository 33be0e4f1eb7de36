import { describe, expect, it } from 'vitest';
import { PlaybackMixer } from './playback-mixer.ts';

const RATE = 48_000;

function tone(value: number): Int16Array {
  return new Int16Array(3_200).fill(value);
}

function mixed(mixer: PlaybackMixer, quanta: number): Float32Array {
  const out = new Float32Array(128);
  for (let i = 0; i < quanta; i++) mixer.mix(out);
  return out;
}

describe('PlaybackMixer', () => {
  it('plays everybody at once', () => {
    const mixer = new PlaybackMixer(RATE);
    mixer.push(1, false, 16_000, tone(8_192), false);
    mixer.push(2, false, 16_000, tone(4_096), false);
    expect(mixed(mixer, 20).at(-1)).toBeCloseTo(0.375, 2);
  });

  it('flushes one source and leaves the others alone', () => {
    const mixer = new PlaybackMixer(RATE);
    mixer.push(0, true, 24_000, new Int16Array(24_000).fill(8_192), false);
    mixer.push(2, false, 16_000, tone(4_096), false);
    mixed(mixer, 20);
    mixer.flush(0);
    expect(mixed(mixer, 5).at(-1)).toBeCloseTo(0.125, 2);
  });

  it('plays a source of another rate at its own pitch', () => {
    const mixer = new PlaybackMixer(RATE);
    mixer.push(0, true, 24_000, new Int16Array(4_800).fill(8_192), true);
    let frames = 0;
    for (let i = 0; i < 200; i++) frames += mixed(mixer, 1).filter((sample) => sample > 0.1).length;
    expect(frames / RATE).toBeCloseTo(0.2, 2);
  });

  it('tells the level of each source by its number', () => {
    const mixer = new PlaybackMixer(RATE);
    mixer.push(7, false, 16_000, tone(16_384), false);
    mixer.push(9, false, 16_000, tone(0), false);
    mixed(mixer, 25);
    const levels = new Map(mixer.takeLevels());
    expect(levels.get(7)).toBeGreaterThan(0.3);
    expect(levels.get(9)).toBe(0);
  });

  it('forgets a source that is gone', () => {
    const mixer = new PlaybackMixer(RATE);
    mixer.push(7, false, 16_000, tone(16_384), false);
    mixer.forget(7);
    expect(mixer.takeLevels()).toEqual([]);
    expect(mixed(mixer, 25).every((sample) => sample === 0)).toBe(true);
  });
});
