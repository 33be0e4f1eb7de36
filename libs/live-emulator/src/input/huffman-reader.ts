/** Reads Huffman-coded JPEG data bit by bit. Past the end, and past a marker, it reads zeros. */
export class HuffmanReader {
  readonly #bytes: Buffer;
  #at: number;
  #byte = 0;
  #left = 0;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Whether the data are used up. */
  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  bit(): number {
    if (this.#left === 0) {
      this.#byte = this.#nextByte();
      this.#left = 8;
    }
    this.#left -= 1;
    return (this.#byte >> this.#left) & 1;
  }

  /** A signed number of that many bits, as JPEG writes differences. */
  signed(bits: number): number {
    if (bits === 0) return 0;
    let value = 0;
    for (let i = 0; i < bits; i += 1) value = value * 2 + this.bit();
    return value < 2 ** (bits - 1) ? value - 2 ** bits + 1 : value;
  }

  symbol(table: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= 16; length += 1) {
      code = code * 2 + this.bit();
      const symbol = table.get(length * 65_536 + code);
      if (symbol !== undefined) return symbol;
    }
    throw new RangeError('no such Huffman code');
  }

  /** Leaves the rest of the byte and steps over a restart marker. */
  restart(): void {
    this.#left = 0;
    while (this.#at + 1 < this.#bytes.length && !this.#atRestartMarker()) this.#at += 1;
    this.#at += 2;
  }

  #atRestartMarker(): boolean {
    return this.#bytes.readUInt8(this.#at) === 0xff && (this.#bytes.readUInt8(this.#at + 1) & 0xf8) === 0xd0;
  }

  #nextByte(): number {
    if (this.ended) return 0;
    const byte = this.#bytes.readUInt8(this.#at);
    if (byte !== 0xff) {
      this.#at += 1;
      return byte;
    }
    const next = this.#at + 1 < this.#bytes.length ? this.#bytes.readUInt8(this.#at + 1) : 0xd9;
    if (next !== 0) return 0; // a marker: the reader stays before it
    this.#at += 2;
    return 0xff;
  }
}

/** Symbols by length * 65536 + code. */
export type HuffmanTable = ReadonlyMap<number, number>;

export function huffmanTable(counts: Buffer, symbols: Buffer): HuffmanTable {
  const table = new Map<number, number>();
  let code = 0;
  let next = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count && next < symbols.length; i += 1) {
      table.set((index + 1) * 65_536 + code, symbols.readUInt8(next));
      code += 1;
      next += 1;
    }
    code *= 2;
  });
  return table;
}
