const NEWLINE = 0x0a;

/** One event as it is kept: its JSON. */
export interface Line {
  readonly seq: number;
  readonly data: Uint8Array;
}

/** The lines of a segment, found in its bytes without reading them. */
export class SegmentLines {
  readonly first: number;
  readonly last: number;
  private readonly bytes: Uint8Array;
  /** Where each line begins, and behind the last one where a next one would. */
  private readonly starts: Uint32Array;

  private constructor(first: number, bytes: Uint8Array, starts: Uint32Array) {
    this.first = first;
    this.last = first + starts.length - 2;
    this.bytes = bytes;
    this.starts = starts;
  }

  /** @throws Error when these are not as many lines as there should be */
  static parse(first: number, last: number, bytes: Uint8Array): SegmentLines {
    const starts = new Uint32Array(last - first + 2);
    let at = 0;
    for (let line = 1; line < starts.length; line++) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end === -1) throw new Error(`the segment ${first}-${last} ends in its line ${line}`);
      at = end + 1;
      starts[line] = at;
    }
    if (at !== bytes.byteLength) throw new Error(`the segment ${first}-${last} has more lines than that`);
    return new SegmentLines(first, bytes, starts);
  }

  /** The bytes of a segment with these lines. */
  static encode(lines: readonly Line[]): Uint8Array {
    return Buffer.concat(lines.flatMap(({ data }) => [data, Uint8Array.of(NEWLINE)]));
  }

  line(seq: number): Uint8Array {
    const index = seq - this.first;
    return this.bytes.subarray(this.starts[index], (this.starts[index + 1] ?? 1) - 1);
  }

  /** The text of `count` lines, or of as many as there are. */
  text(from: number, count: number): string {
    const start = this.starts[from - this.first] ?? this.bytes.byteLength;
    const end = this.starts[from - this.first + count] ?? this.bytes.byteLength;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString();
  }

  /** Lines `from` to `to`, as far as they are in it. */
  lines(from: number, to: number): Line[] {
    const lines: Line[] = [];
    for (let seq = Math.max(from, this.first); seq <= Math.min(to, this.last); seq++)
      lines.push({ seq, data: this.line(seq) });
    return lines;
  }
}
