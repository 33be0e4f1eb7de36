import { bytesOf, samplesOf } from './pcm.ts';

export interface Wav {
  sampleRate: number;
  samples: Int16Array;
}

const HEADER_BYTES = 44;
const PCM_FORMAT = 1;

/** A mono 16-bit PCM WAV file. */
export function encodeWav({ sampleRate, samples }: Wav): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER_BYTES + samples.byteLength);
  const view = new DataView(file.buffer);
  writeTag(file, 0, 'RIFF');
  view.setUint32(4, file.byteLength - 8, true);
  writeTag(file, 8, 'WAVE');
  writeTag(file, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM_FORMAT, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeTag(file, 36, 'data');
  view.setUint32(40, samples.byteLength, true);
  file.set(bytesOf(samples), HEADER_BYTES);
  return file;
}

/**
 * The first channel of a 16-bit PCM WAV file. Chunks other than `fmt ` and `data` are passed over; a `data` size that is larger than the
 * file, as streaming writers leave it, means up to the end.
 * @throws RangeError when it is no such file
 */
export function decodeWav(file: Uint8Array): Wav {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < 12 || readTag(file, 0) !== 'RIFF' || readTag(file, 8) !== 'WAVE')
    throw new RangeError('not a WAV file');
  let format: { sampleRate: number; channels: number } | undefined;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const tag = readTag(file, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag === 'fmt ') format = readFormat(view, body);
    if (tag === 'data') {
      if (format === undefined) throw new RangeError('WAV data without a format before it');
      const samples = samplesOf(file.subarray(body, Math.min(body + size, file.byteLength)));
      return { sampleRate: format.sampleRate, samples: firstChannel(samples, format.channels) };
    }
    at = body + size + (size % 2);
  }
  throw new RangeError('a WAV file without data');
}

function readFormat(view: DataView, at: number): { sampleRate: number; channels: number } {
  if (at + 16 > view.byteLength) throw new RangeError('a WAV format that ends early');
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  if (view.getUint16(at, true) !== PCM_FORMAT || view.getUint16(at + 14, true) !== 16)
    throw new RangeError('only 16-bit PCM is read');
  if (channels === 0 || sampleRate === 0) throw new RangeError('a WAV format without channels or rate');
  return { sampleRate, channels };
}

function firstChannel(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  return Int16Array.from(
    { length: Math.floor(samples.length / channels) },
    (_, i) => samples[i * channels] as number,
  );
}

function readTag(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}

function writeTag(file: Uint8Array, at: number, tag: string): void {
  for (let i = 0; i < 4; i++) file[at + i] = tag.charCodeAt(i);
}
