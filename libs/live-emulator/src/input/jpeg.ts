import { meanLumaOf } from './jpeg-luma.ts';
import type { Picture } from './picture.ts';

/** One colour component of a JPEG frame. */
export interface JpegComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantTable: number;
}

/** What a JPEG file says before its picture data. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly JpegComponent[];
  /** The first entry of each quantisation table: the step of the mean of a block. */
  readonly dcSteps: ReadonlyMap<number, number>;
  /** Huffman tables, by class (0 for DC, 1 for AC) * 16 + id: code counts by length, then symbols. */
  readonly huffman: ReadonlyMap<number, { readonly counts: Buffer; readonly symbols: Buffer }>;
  /** Units between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** The first scan: its header, and where its data begin. */
  readonly scan: { readonly header: Buffer; readonly dataAt: number };
}

const [SOF0, SOF1, SOF2, DHT, EOI, SOS, DQT, DRI] = [0xc0, 0xc1, 0xc2, 0xc4, 0xd9, 0xda, 0xdb, 0xdd];

/** The size of a JPEG picture, and its brightness where it is Huffman-coded with 8 bits. Null when it is none. */
export function readJpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  const header = readHeader(bytes);
  if (!header || header.width === 0 || header.height === 0) return null;
  const { width, height } = header;
  return { format: 'jpeg', width, height, brightness: meanLumaOf(bytes, header) };
}

function readHeader(bytes: Buffer): JpegHeader | null {
  const dcSteps = new Map<number, number>();
  const huffman = new Map<number, { counts: Buffer; symbols: Buffer }>();
  let frame: Pick<JpegHeader, 'width' | 'height' | 'progressive' | 'components'> | null = null;
  let restartInterval = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (end > bytes.length || marker === EOI) return null;
    if (marker === SOF0 || marker === SOF1 || marker === SOF2) frame = readFrame(body, marker === SOF2);
    else if (marker === DQT) readQuantTables(body, dcSteps);
    else if (marker === DHT) readHuffmanTables(body, huffman);
    else if (marker === DRI && body.length >= 2) restartInterval = body.readUInt16BE(0);
    else if (marker === SOS) {
      return frame && { ...frame, dcSteps, huffman, restartInterval, scan: { header: body, dataAt: end } };
    }
    at = end;
  }
  return null;
}

function readFrame(body: Buffer, progressive: boolean) {
  const count = body.length < 6 ? 0 : body.readUInt8(5);
  if (count === 0 || count > 4 || body.length < 6 + 3 * count || body.readUInt8(0) !== 8) return null;
  const components = Array.from({ length: count }, (_, i): JpegComponent => {
    const sampling = body.readUInt8(7 + 3 * i);
    return {
      id: body.readUInt8(6 + 3 * i),
      across: sampling >> 4,
      down: sampling & 15,
      quantTable: body.readUInt8(8 + 3 * i),
    };
  });
  return { height: body.readUInt16BE(1), width: body.readUInt16BE(3), progressive, components };
}

function readQuantTables(body: Buffer, dcSteps: Map<number, number>): void {
  for (let at = 0; at + 65 <= body.length;) {
    const wide = body.readUInt8(at) >> 4 !== 0;
    dcSteps.set(body.readUInt8(at) & 15, wide ? body.readUInt16BE(at + 1) : body.readUInt8(at + 1));
    at += 1 + (wide ? 128 : 64);
  }
}

function readHuffmanTables(body: Buffer, tables: Map<number, { counts: Buffer; symbols: Buffer }>): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables.set(body.readUInt8(at), { counts, symbols: body.subarray(at + 17, at + 17 + total) });
    at += 17 + total;
  }
}
