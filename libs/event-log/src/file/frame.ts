import { crc32 } from 'node:zlib';
import type { LogEntry } from '../event-log.ts';

/**
 * What is written and synced at once: one or more entries in a row. Because the next frame is written only when this one is on disk, a
 * bad frame can be the work of a crash only at the end of a file.
 *
 * Layout, little-endian: magic (4 bytes), body length u32, CRC-32 of the body u32; body: sequence of the first entry u32, then for each
 * entry key length u8, data length u32, key (ASCII), data.
 */
export interface Frame {
  readonly firstSeq: number;
  /** Data are views on the bytes that were decoded. */
  readonly entries: readonly LogEntry[];
  /** Bytes of the whole frame. */
  readonly size: number;
}

/** 0xff stands in no UTF-8 text: what people write never looks like a frame. The last byte is the version of the layout. */
const MAGIC = Buffer.from([0xff, 0x65, 0x76, 0x01]);
const HEADER_BYTES = 12;
const ENTRY_HEADER_BYTES = 5;

/** No frame is larger: a length beyond it is damage. Bytes. */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024;

/** The buffer ends inside a frame. `size`: bytes that the whole frame needs, as far as can be told. */
export interface Incomplete {
  readonly incomplete: true;
  readonly size: number;
}

type NewEntry = Pick<LogEntry, 'key' | 'data'>;

/** What an entry takes in a frame, in bytes. */
export function sizeInFrame({ key, data }: NewEntry): number {
  return ENTRY_HEADER_BYTES + key.length + data.byteLength;
}

export function encodeFrame(firstSeq: number, entries: readonly NewEntry[]): Buffer {
  const size = entries.reduce((sum, entry) => sum + sizeInFrame(entry), HEADER_BYTES + 4);
  const frame = Buffer.allocUnsafe(size);
  frame.set(MAGIC);
  frame.writeUInt32LE(size - HEADER_BYTES, 4);
  frame.writeUInt32LE(firstSeq, HEADER_BYTES);
  let at = HEADER_BYTES + 4;
  for (const { key, data } of entries) {
    frame.writeUInt8(key.length, at);
    frame.writeUInt32LE(data.byteLength, at + 1);
    frame.write(key, at + ENTRY_HEADER_BYTES, 'latin1');
    frame.set(data, at + ENTRY_HEADER_BYTES + key.length);
    at += ENTRY_HEADER_BYTES + key.length + data.byteLength;
  }
  frame.writeUInt32LE(crc32(frame.subarray(HEADER_BYTES)), 8);
  return frame;
}

/** The frame that begins at `at`; undefined when none does. */
export function decodeFrame(buffer: Buffer, at: number): Frame | Incomplete | undefined {
  const left = buffer.byteLength - at;
  if (left < HEADER_BYTES)
    return MAGIC.subarray(0, left).equals(buffer.subarray(at, at + Math.min(left, MAGIC.byteLength)))
      ? { incomplete: true, size: HEADER_BYTES }
      : undefined;
  if (!MAGIC.equals(buffer.subarray(at, at + MAGIC.byteLength))) return undefined;
  const size = HEADER_BYTES + buffer.readUInt32LE(at + 4);
  if (size > MAX_FRAME_BYTES) return undefined;
  if (left < size) return { incomplete: true, size };
  const body = buffer.subarray(at + HEADER_BYTES, at + size);
  if (body.byteLength < 4 || crc32(body) !== buffer.readUInt32LE(at + 8)) return undefined;
  return { firstSeq: body.readUInt32LE(0), entries: decodeEntries(body), size };
}

/** The body is whole: its check sum has been looked at. */
function decodeEntries(body: Buffer): LogEntry[] {
  const entries: LogEntry[] = [];
  let seq = body.readUInt32LE(0);
  for (let at = 4; at < body.byteLength; seq += 1) {
    const keyStart = at + ENTRY_HEADER_BYTES;
    const dataStart = keyStart + body.readUInt8(at);
    const end = dataStart + body.readUInt32LE(at + 1);
    entries.push({
      seq,
      key: body.toString('latin1', keyStart, dataStart),
      data: body.subarray(dataStart, end),
    });
    at = end;
  }
  return entries;
}

/** Where a frame might begin, from `at` on; -1 for nowhere. */
export function findMagic(buffer: Buffer, at: number): number {
  return buffer.indexOf(MAGIC, at);
}
