import type { Picture } from './picture.ts';

/** The size of a WebP picture of any of the three kinds; its brightness is not decoded. Null when it is none. */
export function readWebp(bytes: Buffer): Picture | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF') return null;
  if (bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  const size = sizeOf(bytes, bytes.toString('latin1', 12, 16));
  return size && { format: 'webp', ...size, brightness: null };
}

function sizeOf(bytes: Buffer, kind: string): { width: number; height: number } | null {
  switch (kind) {
    case 'VP8X':
      return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    default:
      return null;
  }
}
