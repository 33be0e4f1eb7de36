import { describe, expect, it } from 'vitest';
import { GEMINI, PERSON, SourceQueue } from './source-queue.ts';

const RATE = 48_000;
const QUANTUM = 128;

/** A steady sound of so many milliseconds at 16 kHz. */
function sound(ms: number, value = 16_384): Int16Array {
  return new Int16Array((16_000 * ms) / 1_000).fill(value);
}

function play(queue: SourceQueue, ms: number): Float32Array {
  const out = new Float32Array(Math.round((RATE * ms) / 1_000 / QUANTUM) * QUANTUM);
  for (let at = 0; at < out.length; at += QUANTUM) queue.mixInto(out.subarray(at, at + QUANTUM));
  return out;
}

const loudest = (samples: Float32Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('SourceQueue', () => {
  it('plays nothing before the jitter delay is collected', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(40), false);
    expect(loudest(play(queue, 20))).toBe(0);
    queue.push(sound(20), false);
    expect(loudest(play(queue, 20))).toBeCloseTo(0.5, 1);
  });

  it('plays a short sound that nothing follows, without waiting for more', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(20), true);
    expect(loudest(play(queue, 20))).toBeCloseTo(0.5, 1);
  });

  it('plays a short sound after a while even when its end was not told', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(20), false);
    expect(loudest(play(queue, 200))).toBeCloseTo(0.5, 1);
  });

  it('plays as long as what was pushed, to the millisecond', () => {
    const queue = new SourceQueue(16_000, RATE, GEMINI);
    for (let i = 0; i < 50; i++) queue.push(sound(20), false);
    const heard = play(queue, 1_100).filter((sample) => Math.abs(sample) > 0.25).length;
    expect(heard / RATE).toBeCloseTo(1, 2);
  });

  it('collects anew after it ran dry', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(60), false);
    play(queue, 100);
    queue.push(sound(20), false);
    expect(loudest(play(queue, 20))).toBe(0);
    queue.push(sound(100), false);
    expect(loudest(play(queue, 20))).toBeCloseTo(0.5, 1);
  });

  it('waits for twice as much after it ran dry in the middle, and for no more than its most', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(60), false);
    for (const delay of [120, 240, 240]) {
      play(queue, 600);
      queue.push(sound(delay - 20), false);
      expect(loudest(play(queue, 10))).toBe(0);
      queue.push(sound(20), false);
      expect(loudest(play(queue, 10))).toBeGreaterThan(0.1);
    }
  });

  it('begins anew with the short delay after all was said', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(60), false);
    play(queue, 300);
    queue.push(sound(120), true);
    play(queue, 300);
    queue.push(sound(60), false);
    expect(loudest(play(queue, 20))).toBeCloseTo(0.5, 1);
  });

  it('fades out when it runs dry, instead of jumping to silence', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(60), false);
    // The first 10 ms are the sound's own begin.
    const heard = play(queue, 120).subarray(RATE / 100);
    let jump = 0;
    for (let i = 1; i < heard.length; i++) jump = Math.max(jump, Math.abs(heard[i]! - heard[i - 1]!));
    expect(jump).toBeLessThan(0.02);
  });

  it('skips to the newest when a person lags more than 400 ms behind', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    for (let i = 0; i < 20; i++) queue.push(sound(20), false);
    expect(queue.queuedMs).toBe(400);
    queue.push(sound(20), false);
    expect(queue.queuedMs).toBeCloseTo(PERSON.keepMs, 0);
  });

  it('holds a whole answer of Gemini, 60 s and more', () => {
    const queue = new SourceQueue(24_000, RATE, GEMINI);
    for (let i = 0; i < 60; i++) queue.push(new Int16Array(24_000), false);
    expect(queue.queuedMs).toBe(60_000);
  });

  it('is silent 5 ms after a flush, and does not jump', () => {
    const queue = new SourceQueue(16_000, RATE, GEMINI);
    for (let i = 0; i < 100; i++) queue.push(sound(20), false);
    const before = play(queue, 200);
    queue.flush();
    expect(queue.queuedMs).toBeLessThanOrEqual(5);
    const after = play(queue, 200);
    expect(Math.abs(after[0]! - before.at(-1)!)).toBeLessThan(0.02);
    expect(loudest(after.subarray(RATE * 0.006))).toBeLessThan(0.001);
  });

  it('drops what waits on a flush before it was played', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(40), false);
    queue.flush();
    expect(loudest(play(queue, 300))).toBe(0);
  });

  it('plays what comes after a flush', () => {
    const queue = new SourceQueue(24_000, RATE, GEMINI);
    queue.push(new Int16Array(24_000).fill(16_384), false);
    play(queue, 50);
    queue.flush();
    play(queue, 50);
    queue.push(new Int16Array(24_000).fill(8_192), false);
    expect(loudest(play(queue, 100))).toBeCloseTo(0.25, 1);
  });

  it('tells how loud it was since it was asked last, and falls silent gently', () => {
    const queue = new SourceQueue(16_000, RATE, PERSON);
    queue.push(sound(200), true);
    play(queue, 100);
    const loud = queue.takeLevel();
    expect(loud).toBeCloseTo(0.5, 1);
    play(queue, 200);
    queue.takeLevel();
    play(queue, 66);
    const fading = queue.takeLevel();
    expect(fading).toBeGreaterThan(0);
    expect(fading).toBeLessThan(loud);
    for (let i = 0; i < 60; i++) {
      play(queue, 66);
      queue.takeLevel();
    }
    expect(queue.takeLevel()).toBe(0);
  });
});
