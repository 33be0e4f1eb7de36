import { Resampler, bytesOf, samplesOf, toFloat32, toInt16 } from '@studio/audio';
import type { VoiceName } from '@studio/contracts';
import { SAMPLE_RATE, speak } from '@studio/live-emulator';

/** What a microphone would record of somebody who says a text. */
export interface Utterance {
  readonly text: string;
  /** PCM of 16 kHz, from the first sound to the last. */
  readonly pcm: Uint8Array;
}

/** Sound begins above this sample value. */
const AUDIBLE = 200;
/** Nobody is so loud that two together would exceed full scale. */
const LOUDNESS = 0.4;

/** Records a voice of the synthesiser: the same for the same text each time. */
export function recordUtterance(text: string, voice: VoiceName): Utterance {
  const resampler = new Resampler(SAMPLE_RATE, 16_000);
  const spoken = [...speak(text, voice)].flatMap(({ samples }) => [...samples]);
  const samples = toInt16(
    resampler.process(toFloat32(Int16Array.from(spoken)).map((sample) => sample * LOUDNESS)),
  );
  const first = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
  return { text, pcm: bytesOf(samples.slice(first, last + 1)) };
}

/** Where a part lies in a stream; -1: nowhere. `noise`: how much a sample may differ. */
export function whereIn(stream: Int16Array, part: Int16Array, noise = 0): number {
  for (let at = 0; at + part.length <= stream.length; at++)
    if (part.every((sample, i) => Math.abs(sample - (stream[at + i] ?? 0)) <= noise)) return at;
  return -1;
}

/** A part of an utterance, from and to in milliseconds. */
export function partOf({ pcm }: Utterance, fromMs: number, toMs: number): Int16Array {
  return samplesOf(pcm).subarray(fromMs * 16, toMs * 16);
}
