import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { StoreUnavailableError } from '../object-store.ts';

const Header = z.object({
  name: z.string(),
  metadata: z.record(z.string(), z.string()),
  /** The object was removed: nothing follows. */
  removed: z.boolean(),
  /** CRC-32 of the data. */
  crc: z.int(),
});
export type ObjectHeader = z.infer<typeof Header>;

const LENGTH_BYTES = 4;
/** Enough for most headers, so that one read gets them. */
const FIRST_READ = 4 * 1024;

/** One generation of an object: length of the header (u32, little-endian), header as JSON, data. */
export function encodeObjectFile(header: Omit<ObjectHeader, 'crc'>, data: Uint8Array): Buffer {
  const json = Buffer.from(JSON.stringify({ ...header, crc: crc32(data) } satisfies ObjectHeader));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.byteLength);
  return Buffer.concat([length, json, data]);
}

/** The header alone, whatever the size of the data. */
export async function readHeader(file: FileHandle): Promise<ObjectHeader> {
  const { size } = await file.stat();
  let start = await readStart(file, Math.min(size, FIRST_READ));
  const end = headerEnd(start);
  if (end > start.byteLength) start = await readStart(file, Math.min(size, end));
  return parseHeader(start);
}

/** @throws StoreUnavailableError when the file is damaged */
export async function readObject(file: FileHandle): Promise<{ header: ObjectHeader; data: Uint8Array }> {
  const bytes = await file.readFile();
  const header = parseHeader(bytes);
  const data = new Uint8Array(bytes.subarray(headerEnd(bytes)));
  if (crc32(data) !== header.crc) throw damaged(`the data of ${header.name}`);
  return { header, data };
}

async function readStart(file: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

function headerEnd(bytes: Buffer): number {
  if (bytes.byteLength < LENGTH_BYTES) throw damaged('a file');
  return LENGTH_BYTES + bytes.readUInt32LE(0);
}

function parseHeader(bytes: Buffer): ObjectHeader {
  const json = bytes.subarray(LENGTH_BYTES, headerEnd(bytes)).toString();
  try {
    return Header.parse(JSON.parse(json));
  } catch (error) {
    throw damaged('the header of a file', error);
  }
}

function damaged(what: string, cause?: unknown): StoreUnavailableError {
  return new StoreUnavailableError(`${what} in the object store is damaged`, { cause });
}
