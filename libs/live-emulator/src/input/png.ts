import { inflateSync } from 'node:zlib';
import type { Picture } from './picture.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Larger pictures keep their brightness to themselves, in bytes of raw scan lines. */
const MAX_RAW_BYTES = 32 * 1024 * 1024;
/** Samples per pixel by colour type, for the types whose samples are brightness or RGB. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** The size of a PNG picture, and its brightness where it has 8 bits a sample and no interlacing. Null when it is none. */
export function readPng(bytes: Buffer): Picture | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(SIGNATURE)) return null;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  if (width === 0 || height === 0) return null;
  const channels = CHANNELS[bytes.readUInt8(25)];
  const plain = bytes.readUInt8(24) === 8 && bytes.readUInt8(28) === 0;
  const raw = channels && plain ? scanLines(bytes, (1 + width * channels) * height) : null;
  return {
    format: 'png',
    width,
    height,
    brightness: raw && channels ? meanLuma(raw, width, height, channels) : null,
  };
}

/** The inflated scan lines, or null when they are too large, short or damaged. */
function scanLines(bytes: Buffer, size: number): Buffer | null {
  if (size > MAX_RAW_BYTES) return null;
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  try {
    const raw = inflateSync(Buffer.concat(data), { maxOutputLength: size });
    return raw.length === size ? raw : null;
  } catch {
    return null; // A damaged picture still has a size; its brightness is unknown.
  }
}

/** Undoes the row filters in place and averages the luma (BT.601). */
function meanLuma(raw: Buffer, width: number, height: number, channels: number): number {
  const stride = width * channels;
  let sum = 0;
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1) + 1;
    const filter = raw.readUInt8(start - 1);
    for (let i = 0; i < stride; i += 1) {
      const left = i < channels ? 0 : raw.readUInt8(start + i - channels);
      const up = row === 0 ? 0 : raw.readUInt8(start + i - stride - 1);
      const corner = row === 0 || i < channels ? 0 : raw.readUInt8(start + i - stride - 1 - channels);
      raw[start + i] = raw.readUInt8(start + i) + predicted(filter, left, up, corner);
    }
    for (let i = start; i < start + stride; i += channels) {
      sum +=
        channels < 3
          ? raw.readUInt8(i)
          : 0.299 * raw.readUInt8(i) + 0.587 * raw.readUInt8(i + 1) + 0.114 * raw.readUInt8(i + 2);
    }
  }
  return sum / (width * height) / 255;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [dLeft, dUp, dCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (dLeft <= dUp && dLeft <= dCorner) return left;
  return dUp <= dCorner ? up : corner;
}
