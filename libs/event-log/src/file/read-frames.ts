import type { FileHandle } from 'node:fs/promises';
import { decodeFrame, findMagic, MAX_FRAME_BYTES, type Frame } from './frame.ts';

const CHUNK_BYTES = 64 * 1024;

/** The frames from `offset` to `end`, read in pieces; it stops before the first that is not whole. */
export async function* readFrames(file: FileHandle, offset: number, end: number): AsyncGenerator<Frame> {
  let needed = CHUNK_BYTES;
  while (offset < end) {
    const chunk = await readFully(file, offset, Math.min(needed, end - offset));
    let at = 0;
    let found = decodeFrame(chunk, at);
    while (found !== undefined && !('incomplete' in found)) {
      yield found;
      at += found.size;
      found = decodeFrame(chunk, at);
    }
    if (found === undefined ? at < chunk.byteLength : offset + at + found.size > end) return;
    offset += at;
    needed = Math.max(CHUNK_BYTES, found?.size ?? 0);
  }
}

/** Whether a whole frame of the same log that is newer than `head` begins after `offset`, byte by byte. */
export async function hasLaterFrame(
  file: FileHandle,
  offset: number,
  end: number,
  head: number,
): Promise<boolean> {
  // A frame that begins in one piece ends in the next at the latest.
  for (let start = offset + 1; start < end; start += MAX_FRAME_BYTES) {
    const piece = await readFully(file, start, Math.min(2 * MAX_FRAME_BYTES, end - start));
    for (let at = findMagic(piece, 0); at !== -1; at = findMagic(piece, at + 1)) {
      const found = decodeFrame(piece, at);
      if (found !== undefined && !('incomplete' in found) && found.firstSeq > head) return true;
    }
  }
  return false;
}

async function readFully(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
