import type { HuffmanTable } from './huffman-reader.ts';
import { HuffmanReader, huffmanTable } from './huffman-reader.ts';
import type { JpegComponent, JpegHeader } from './jpeg.ts';

/** Larger pictures keep their brightness to themselves, in pixels. */
const MAX_PIXELS = 8_000_000;

interface ScanComponent extends JpegComponent {
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

/**
 * The mean luma of a JPEG picture, 0 to 1, from the DC coefficient of each block: that is the mean of its 64
 * samples, so no inverse transform is needed. Works on the first scan of a sequential or a progressive picture;
 * null where that scan holds no luma means, or is damaged.
 */
export function meanLumaOf(bytes: Buffer, header: JpegHeader): number | null {
  if (header.width * header.height > MAX_PIXELS) return null;
  const components = scanComponents(header);
  const luma = components?.[0];
  const step = luma && header.dcSteps.get(luma.quantTable);
  if (!components || !luma || !step || luma.id !== header.components[0]?.id) return null;
  const reader = new HuffmanReader(bytes, header.scan.dataAt);
  try {
    const mean = meanDc(reader, header, components);
    if (mean === null) return null;
    const scale = header.progressive ? 2 ** successiveShift(header) : 1;
    // The missing bits are on average half of what they could be.
    const dc = mean * scale + (scale - 1) / 2;
    return clamp((dc * step) / 8 + 128) / 255;
  } catch (error) {
    if (error instanceof RangeError) return null; // damaged data: the size is known, the brightness is not
    throw error;
  }
}

function scanComponents({ scan, components, huffman, progressive }: JpegHeader): ScanComponent[] | null {
  const count = scan.header.length === 0 ? 0 : scan.header.readUInt8(0);
  if (count === 0 || scan.header.length < 4 + 2 * count) return null;
  if (progressive && scan.header.readUInt8(1 + 2 * count) !== 0) return null;
  const found: ScanComponent[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = scan.header.readUInt8(1 + 2 * i);
    const tables = scan.header.readUInt8(2 + 2 * i);
    const component = components.find((candidate) => candidate.id === id);
    const dc = huffman.get(tables >> 4);
    const ac = huffman.get(16 + (tables & 15));
    if (!component || component.across === 0 || component.down === 0) return null;
    if (!dc || (!ac && !progressive)) return null;
    found.push({
      ...component,
      dc: huffmanTable(dc.counts, dc.symbols),
      ac: ac ? huffmanTable(ac.counts, ac.symbols) : new Map<number, number>(),
    });
  }
  return found;
}

/** In a progressive picture the means come without their lowest bits at first. */
function successiveShift({ scan }: JpegHeader): number {
  return scan.header.readUInt8(scan.header.length - 1) & 15;
}

function meanDc(reader: HuffmanReader, header: JpegHeader, components: ScanComponent[]): number | null {
  const [luma] = components;
  if (!luma) return null;
  const alone = components.length === 1;
  const units = alone ? blocksAlone(header, luma) : unitsTogether(header);
  const predictors = components.map(() => 0);
  let sum = 0;
  let blocks = 0;
  for (let unit = 0; unit < units; unit += 1) {
    if (header.restartInterval > 0 && unit > 0 && unit % header.restartInterval === 0) {
      reader.restart();
      predictors.fill(0);
    }
    if (reader.ended) break;
    for (const [index, component] of components.entries()) {
      const inUnit = alone ? 1 : component.across * component.down;
      for (let block = 0; block < inUnit; block += 1) {
        const dc = (predictors[index] ?? 0) + reader.signed(Math.min(reader.symbol(component.dc), 16));
        predictors[index] = dc;
        if (!header.progressive) skipAc(reader, component.ac);
        if (index !== 0) continue;
        sum += dc;
        blocks += 1;
      }
    }
  }
  return blocks === 0 ? null : sum / blocks;
}

function skipAc(reader: HuffmanReader, table: HuffmanTable): void {
  for (let k = 1; k < 64; k += 1) {
    const symbol = reader.symbol(table);
    const [run, bits] = [symbol >> 4, symbol & 15];
    if (bits === 0 && run !== 15) return;
    k += run;
    reader.signed(bits);
  }
}

function unitsTogether({ width, height, components }: JpegHeader): number {
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  return Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
}

function blocksAlone({ width, height, components }: JpegHeader, luma: JpegComponent): number {
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  return Math.ceil((width * luma.across) / across / 8) * Math.ceil((height * luma.down) / down / 8);
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, value));
}
