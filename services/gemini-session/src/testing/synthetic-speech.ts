import { bytesOf } from '@studio/audio';

const RATE = 16_000;

/**
 * Sound with the rhythm of speech: syllables of 200 ms with gaps of 80 ms, a gliding fundamental and its harmonics, over faint noise.
 * The same for the same arguments. PCM bytes, 16 kHz.
 */
export function speech(seconds: number, pitch = 140, dbfs = -20): Uint8Array {
  const amplitude = 10 ** (dbfs / 20) * 32_768 * 1.6;
  return pcm(seconds, (t) => {
    const inSyllable = t % 0.28;
    const envelope = inSyllable < 0.2 ? Math.sin((Math.PI * inSyllable) / 0.2) : 0;
    const phase = 2 * Math.PI * (pitch * t + 8 * Math.sin(3 * t));
    return (
      amplitude * envelope * (0.6 * Math.sin(phase) + 0.3 * Math.sin(3 * phase) + 0.2 * Math.sin(7 * phase))
    );
  });
}

/** The noise of a quiet room at -70 dBFS. PCM bytes, 16 kHz. */
export function silence(seconds: number): Uint8Array {
  return pcm(seconds, () => 0);
}

/** Something said, with the silence that ends it. */
export function utterance(seconds = 1.2): Uint8Array {
  return join(silence(0.3), speech(seconds), silence(1));
}

/** A stream cut as a microphone sends it. */
export function* frames(pcmBytes: Uint8Array, milliseconds = 20): Generator<Uint8Array> {
  const size = (RATE / 1000) * milliseconds * 2;
  for (let at = 0; at < pcmBytes.byteLength; at += size) yield pcmBytes.subarray(at, at + size);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function pcm(seconds: number, at: (t: number) => number): Uint8Array {
  let noise = 7;
  return bytesOf(
    Int16Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      return at(i / RATE) + 18 * (noise / 0x80000000 - 1);
    }),
  );
}
