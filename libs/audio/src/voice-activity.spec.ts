import { describe, expect, it } from 'vitest';
import { VoiceActivity } from './voice-activity.ts';

const RATE = 16_000;

/** Reproducible noise, so that a failure can be repeated. */
function noise(seconds: number, dbfs: number, seed = 1): Int16Array {
  let state = seed;
  const amplitude = 10 ** (dbfs / 20) * 32_768 * Math.sqrt(3);
  return Int16Array.from({ length: seconds * RATE }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 0x80000000 - 1);
  });
}

/** Something with the rhythm of speech: syllables of 200 ms with gaps of 80 ms, a fundamental and harmonics. */
function speech(seconds: number, dbfs: number): Int16Array {
  const amplitude = 10 ** (dbfs / 20) * 32_768 * 1.6;
  return Int16Array.from({ length: seconds * RATE }, (_, i) => {
    const t = i / RATE;
    const inSyllable = t % 0.28;
    const envelope = inSyllable < 0.2 ? Math.sin((Math.PI * inSyllable) / 0.2) : 0;
    const voice = Math.sin(2 * Math.PI * 140 * t) + 0.6 * Math.sin(2 * Math.PI * 560 * t);
    return (amplitude * envelope * voice) / 1.6;
  });
}

const mix = (a: Int16Array, b: Int16Array) => a.map((value, i) => value + (b[i] ?? 0));
const join = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

describe('VoiceActivity', () => {
  it('finds speech after silence, dates its start, and its end after the release time', () => {
    const vad = new VoiceActivity({ sampleRate: RATE, releaseMs: 500 });
    const transitions = vad.push(join(noise(1, -70), mix(speech(1.4, -20), noise(1.4, -70)), noise(1, -70)));
    expect(transitions.map((transition) => transition.type)).toEqual(['start', 'end']);
    expect(transitions[0]!.atMs).toBeGreaterThanOrEqual(980);
    expect(transitions[0]!.atMs).toBeLessThanOrEqual(1_040);
    expect(transitions[1]!.atMs).toBeGreaterThanOrEqual(2_700);
    expect(transitions[1]!.atMs).toBeLessThanOrEqual(2_900);
  });

  it('finds speech that is there from the first sample on', () => {
    const vad = new VoiceActivity({ sampleRate: RATE, prefixMs: 300 });
    expect(vad.push(speech(0.5, -24))).toEqual([{ type: 'start', atMs: 0 }]);
  });

  it('says the same however the stream is cut', () => {
    const stream = join(noise(0.6, -65), speech(1, -22), noise(1.2, -65), speech(0.6, -22), noise(1, -65));
    const whole = new VoiceActivity({ sampleRate: RATE }).push(stream);
    const vad = new VoiceActivity({ sampleRate: RATE });
    const cut = [];
    for (let at = 0, size = 1; at < stream.length; at += size, size = 1 + ((size * 13) % 700))
      cut.push(...vad.push(stream.subarray(at, at + size)));
    expect(whole).toHaveLength(4);
    expect(cut).toEqual(whole);
  });

  it('does not take a click for speech, nor a gap between words for the end', () => {
    const vad = new VoiceActivity({ sampleRate: RATE, onsetMs: 60, releaseMs: 700 });
    expect(vad.push(join(noise(1, -70), noise(0.03, -10), noise(1, -70)))).toEqual([]);
    expect(vad.push(join(speech(0.6, -20), noise(0.5, -70), speech(0.6, -20)))).toHaveLength(1);
    expect(vad.active).toBe(true);
  });

  it('gets used to a lasting noise and still hears speech above it', () => {
    const vad = new VoiceActivity({ sampleRate: RATE });
    vad.push(noise(8, -42));
    expect(vad.active).toBe(false);
    expect(vad.noiseFloorDbfs).toBeGreaterThan(-46);
    expect(vad.push(mix(noise(1, -42), speech(1, -18)))[0]!.type).toBe('start');
  });

  it('hears soft speech only when it is sensitive enough', () => {
    const soft = join(noise(1, -75), mix(noise(1, -75), speech(1, -44)));
    expect(new VoiceActivity({ sampleRate: RATE, sensitivity: 'low' }).push(soft)).toEqual([]);
    expect(new VoiceActivity({ sampleRate: RATE, sensitivity: 'high' }).push(soft)[0]!.type).toBe('start');
  });

  it('never gives two starts or two ends in a row, and a reset ends what was going on', () => {
    const vad = new VoiceActivity({ sampleRate: RATE, onsetMs: 20, releaseMs: 20 });
    const types = vad.push(speech(5, -20)).map((transition) => transition.type);
    types.forEach((type, i) => expect(type).toBe(i % 2 === 0 ? 'start' : 'end'));
    vad.push(speech(0.1, -20));
    vad.reset();
    expect(vad.active).toBe(false);
    expect(vad.push(speech(0.2, -20))[0]!.type).toBe('start');
  });
});
