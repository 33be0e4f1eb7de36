import { describe, expect, it } from 'vitest';
import type { ActivityDetection } from '../session/settings.ts';
import { silence, speechSample } from '../testing/speech-sample.ts';
import type { ActivityEvent } from './activity-detector.ts';
import { ActivityDetector } from './activity-detector.ts';
import { Slicer } from './slices.ts';

const USUAL: ActivityDetection = {
  startSensitivity: 'high',
  endSensitivity: 'high',
  prefixPaddingMs: 100,
  silenceDurationMs: 500,
};

function detect(samples: Int16Array, settings: Partial<ActivityDetection> = {}): ActivityEvent[] {
  const detector = new ActivityDetector({ ...USUAL, ...settings });
  const slicer = new Slicer();
  const events: ActivityEvent[] = [];
  for (let at = 0; at < samples.length; at += 1000) {
    const levels = slicer.push({ samples: samples.subarray(at, at + 1000), rate: 24_000 });
    events.push(...levels.flatMap((dbfs) => detector.push(dbfs)));
  }
  return events;
}

function joined(...parts: Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

function noise(seconds: number, dbfs: number): Int16Array {
  const amplitude = 32_768 * 10 ** (dbfs / 20) * Math.sqrt(3);
  let state = 1;
  return Int16Array.from({ length: Math.round(seconds * 24_000) }, () => {
    state = (state * 48_271) % 0x7fffffff;
    return Math.round(amplitude * ((2 * state) / 0x7fffffff - 1));
  });
}

function tone(seconds: number, dbfs: number): Int16Array {
  const amplitude = 32_768 * 10 ** (dbfs / 20) * Math.SQRT2;
  return Int16Array.from({ length: Math.round(seconds * 24_000) }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * 220 * i) / 24_000)),
  );
}

const ends = (events: readonly ActivityEvent[]) =>
  events.flatMap((event) => (event.type === 'end' ? [event.activity] : []));

describe('ActivityDetector', () => {
  it('finds each of two utterances, where it began, how long and how loud it was', () => {
    const speech = speechSample();
    const seconds = speech.length / 24_000;
    const events = detect(joined(silence(1), speech, silence(1), speech, silence(1)));
    expect(events.map(({ type }) => type)).toEqual(['start', 'end', 'start', 'end']);
    for (const [index, activity] of ends(events).entries()) {
      expect(Math.abs(activity.offsetMs / 1000 - (1 + index * (seconds + 1)))).toBeLessThan(0.15);
      expect(Math.abs(activity.seconds - seconds)).toBeLessThan(0.3);
      expect(activity.dbfs).toBeGreaterThan(-26);
      expect(activity.dbfs).toBeLessThan(-15);
    }
  });

  it('hears nothing in silence or in steady noise', () => {
    expect(detect(silence(3))).toEqual([]);
    expect(detect(noise(5, -55))).toEqual([]);
  });

  it('hears speech over noise', () => {
    const speech = speechSample();
    const background = noise(speech.length / 24_000 + 4, -54);
    const mixed = background.map((sample, i) => sample + (speech[i - 48_000] ?? 0));
    expect(detect(mixed).map(({ type }) => type)).toEqual(['start', 'end']);
  });

  it('finds the end of speech in a noisy room that it took for speech at first', () => {
    const speech = speechSample();
    const background = noise(speech.length / 24_000 + 2, -46);
    const mixed = background.map((sample, i) => sample + (speech[i - 24_000] ?? 0));
    const [activity] = ends(detect(mixed));
    expect(activity && activity.offsetMs / 1000 + activity.seconds).toBeLessThan(
      1.3 + speech.length / 24_000,
    );
  });

  it('takes a noise that never falls for speech for five seconds, and then no more', () => {
    const [activity, ...more] = ends(detect(joined(silence(1), noise(12, -35), silence(1))));
    expect(activity?.seconds).toBeGreaterThan(4.5);
    expect(activity?.seconds).toBeLessThan(6);
    expect(more).toEqual([]);
  });

  it('waits as long as it was told before speech ends', () => {
    const pausing = joined(tone(0.6, -20), silence(0.7), tone(0.6, -20), silence(2));
    expect(ends(detect(pausing, { silenceDurationMs: 500 }))).toHaveLength(2);
    expect(ends(detect(pausing, { silenceDurationMs: 1000 }))).toHaveLength(1);
  });

  it('takes nothing shorter than the prefix for speech', () => {
    const click = joined(silence(0.5), tone(0.14, -20), silence(1));
    expect(ends(detect(click, { prefixPaddingMs: 300 }))).toHaveLength(0);
    expect(ends(detect(click, { prefixPaddingMs: 60 }))).toHaveLength(1);
  });

  it('hears quiet speech with high sensitivity only', () => {
    const quiet = joined(silence(0.5), tone(1, -46), silence(1));
    expect(ends(detect(quiet, { startSensitivity: 'high' }))).toHaveLength(1);
    expect(ends(detect(quiet, { startSensitivity: 'low' }))).toHaveLength(0);
  });

  it('lets fading speech go on with low end sensitivity', () => {
    const fading = joined(tone(0.5, -30), tone(1, -55), tone(0.5, -30), silence(1));
    expect(ends(detect(fading, { endSensitivity: 'high' }))).toHaveLength(2);
    expect(ends(detect(fading, { endSensitivity: 'low' }))).toHaveLength(1);
  });

  it('ends speech under way when the stream ends', () => {
    const detector = new ActivityDetector(USUAL);
    for (let i = 0; i < 50; i += 1) detector.push(-20);
    expect(ends(detector.flush())).toMatchObject([{ offsetMs: 0, seconds: 1, dbfs: -20 }]);
    expect(detector.flush()).toEqual([]);
  });
});
