import { samplesOf } from '@studio/audio';
import type { Blob } from '../session/fields.ts';
import { invalidArgument } from '../session/refusal.ts';

/** Mono samples of 16 bits at a rate in hertz. */
export interface Pcm {
  readonly samples: Int16Array;
  readonly rate: number;
}

/** What the API assumes when the MIME type names no rate, in hertz. */
const NATIVE_RATE = 16_000;
const MIN_RATE = 8000;
const MAX_RATE = 48_000;

/**
 * Decodes a chunk of microphone audio: little-endian PCM of 16 bits in base64, `audio/pcm` or
 * `audio/pcm;rate=N`.
 * @throws Refusal when it is something else.
 */
export function decodePcm(blob: Blob): Pcm {
  const rate = rateOf(blob.mimeType);
  const bytes = Buffer.from(blob.data, 'base64');
  if (rate === null || bytes.length % 2 !== 0) throw invalidArgument();
  return { samples: samplesOf(bytes), rate };
}

function rateOf(mimeType: string): number | null {
  const [type = '', ...parameters] = mimeType.toLowerCase().split(';');
  if (type.trim() !== 'audio/pcm') return null;
  const named = parameters
    .map((text) => /^\s*rate=(\d+)\s*$/.exec(text)?.[1])
    .find((text) => text !== undefined);
  const rate = named === undefined ? NATIVE_RATE : Number(named);
  return rate >= MIN_RATE && rate <= MAX_RATE ? rate : null;
}
