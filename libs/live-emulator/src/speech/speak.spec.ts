import { describe, expect, it } from 'vitest';
import type { VoiceName } from '@studio/contracts';
import { VOICES } from '@studio/contracts';
import { SAMPLE_RATE } from './sample-rate.ts';
import { speak } from './speak.ts';

const SENTENCE = 'Here are the main points, from Ana and Ben: we launch in November.';

function say(text: string, voice: VoiceName = 'Puck'): Int16Array {
  return Int16Array.from([...speak(text, voice)].flatMap(({ samples }) => [...samples]));
}

/** Energy in a band of frequencies by direct Fourier sums, enough for a test. */
function energy(samples: Int16Array, from: number, to: number): number {
  let total = 0;
  for (let frequency = from; frequency < to; frequency += 25) {
    let [re, im] = [0, 0];
    samples.forEach((sample, i) => {
      const angle = (2 * Math.PI * frequency * i) / SAMPLE_RATE;
      re += sample * Math.cos(angle);
      im += sample * Math.sin(angle);
    });
    total += re * re + im * im;
  }
  return total;
}

/** The loudest 120 ms. */
function core(samples: Int16Array): Int16Array {
  const size = (SAMPLE_RATE * 120) / 1000;
  let [best, bestPower] = [samples.subarray(0, size), -1];
  for (let at = 0; at + size <= samples.length; at += size / 4) {
    const part = samples.subarray(at, at + size);
    const power = part.reduce((sum, sample) => sum + sample * sample, 0);
    if (power > bestPower) [best, bestPower] = [part, power];
  }
  return best;
}

/** The pitch by autocorrelation, in hertz. */
function pitchOf(samples: Int16Array): number {
  let [best, bestLag] = [-Infinity, 1];
  for (let lag = Math.floor(SAMPLE_RATE / 320); lag < SAMPLE_RATE / 70; lag += 1) {
    let sum = 0;
    for (let i = 0; i + lag < samples.length; i += 1) sum += (samples[i] ?? 0) * (samples[i + lag] ?? 0);
    const score = sum / (samples.length - lag);
    if (score > best) [best, bestLag] = [score, lag];
  }
  return SAMPLE_RATE / bestLag;
}

describe('speak', () => {
  it('gives back the whole text, phrase by phrase', () => {
    const text = 'One, two. Is it 3.5 percent?  Yes: it is!\nGood';
    expect([...speak(text, 'Puck')].map((phrase) => phrase.text).join('')).toBe(text);
  });

  it('says the same in the same way each time', () => {
    expect(say(SENTENCE)).toEqual(say(SENTENCE));
  });

  it.each(VOICES)('speaks at about -20 dBFS without clipping as %s', (voice) => {
    for (const { samples } of speak('We launch in November.', voice)) {
      const sound = samples.subarray(0, -0.34 * SAMPLE_RATE);
      const rms = Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length) / 32_768;
      const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(Math.abs(20 * Math.log10(rms) + 20)).toBeLessThan(1.5);
      expect(peak).toBeLessThan(30_000);
    }
  });

  it('talks at a human pace', () => {
    const seconds = say(SENTENCE).length / SAMPLE_RATE;
    const wordsPerMinute = (SENTENCE.split(' ').length / seconds) * 60;
    expect(wordsPerMinute).toBeGreaterThan(120);
    expect(wordsPerMinute).toBeLessThan(210);
  });

  it('has the formants of the vowels it says', () => {
    const see = core(say('ee'));
    const spa = core(say('ah'));
    expect(energy(see, 2000, 3200)).toBeGreaterThan(energy(see, 800, 2000));
    expect(energy(spa, 600, 1300)).toBeGreaterThan(4 * energy(spa, 1900, 3200));
  });

  it('hisses where it says s', () => {
    const hiss = say('sss').subarray(0, SAMPLE_RATE * 0.08);
    expect(energy(hiss, 4000, 8000)).toBeGreaterThan(10 * energy(hiss, 200, 3000));
  });

  it('has voices of different pitch, close to their own', () => {
    const low = pitchOf(core(say('ah', 'Charon')));
    const high = pitchOf(core(say('ah', 'Leda')));
    expect(Math.abs(low / 102 - 1)).toBeLessThan(0.3);
    expect(Math.abs(high / 222 - 1)).toBeLessThan(0.3);
  });

  it('is silent where there is nothing to say', () => {
    expect(say('').length).toBe(0);
    expect(say('…').every((sample) => sample === 0)).toBe(true);
  });
});
