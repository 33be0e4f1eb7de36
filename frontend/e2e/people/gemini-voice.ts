import { MediaFlag } from '@studio/contracts';
import { Sound, toFloats } from '../sound/sound.ts';
import type { VoiceFrame } from './traffic.ts';

/** Rate of Gemini's voice, in hertz. */
const VOICE_RATE = 24_000;

/** What Gemini said in these frames, as it would be heard if nothing stopped it. */
export function voiceOf(frames: readonly VoiceFrame[]): Sound {
  const samples = frames.flatMap(({ samples }) => [toFloats(samples)]);
  const all = new Float32Array(samples.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of samples) {
    all.set(part, at);
    at += part.length;
  }
  return Sound.ofRate(all, VOICE_RATE);
}

/** The frames up to the one with which what was being said was thrown away; undefined when nothing was. */
export function untilStopped(frames: readonly VoiceFrame[]): VoiceFrame[] | undefined {
  const stop = frames.findIndex(({ flags }) => (flags & MediaFlag.flush) !== 0);
  return stop === -1 ? undefined : frames.slice(0, stop);
}
