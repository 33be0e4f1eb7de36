/**
 * PCM here is signed 16-bit little-endian mono. Samples are read as the platform stores them: every platform that runs Node or a browser
 * today is little-endian.
 */
const FULL_SCALE = 32_768;

/**
 * The samples in a chunk of bytes: a view where the bytes lie on an even offset, otherwise a copy. A last odd byte is no sample and is
 * left out.
 */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const count = bytes.byteLength >> 1;
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, count);
  // Not `slice`: that of a Node Buffer copies nothing, and its `buffer` is a pool that it shares with others.
  return new Int16Array(new Uint8Array(bytes.subarray(0, count * 2)).buffer);
}

/** A view on the bytes of the samples; nothing is copied. */
export function bytesOf<T extends ArrayBufferLike>(samples: Int16Array<T>): Uint8Array<T> {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Samples of -1 to 1 as 16-bit ones. What is outside is clipped; NaN becomes silence. */
export function toInt16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const out = new Int16Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const scaled = Math.round((samples[i] as number) * FULL_SCALE);
    out[i] = scaled > 32_767 ? 32_767 : scaled < -32_768 ? -32_768 : scaled;
  }
  return out;
}

/** 16-bit samples as ones of -1 to just below 1. */
export function toFloat32(samples: Int16Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = (samples[i] as number) / FULL_SCALE;
  return out;
}
