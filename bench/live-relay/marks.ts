/** Bytes at the head of a chunk of audio that say which one it is. */
const MARK_BYTES = 8;
/** "Marked audio" begins with this, and ordinary audio practically never does. */
const MAGIC = 0xa5c3;

/** Writes down when marked chunks of audio were sent, and how long they took to arrive. Times are of one process: `performance.now()`. */
export class Marks {
  readonly #sentAt = new Map<number, number>();
  #next = 0;
  #sent = 0;
  #travelled: number[] = [];

  /** Audio of so many bytes whose head is a new mark; the clock starts now. */
  send(bytes: number): Uint8Array {
    const chunk = Buffer.alloc(bytes);
    const mark = this.#next++;
    chunk.writeUInt16LE(MAGIC, 0);
    chunk.writeUInt32LE(mark, 2);
    this.#sent += 1;
    this.#sentAt.set(mark, performance.now());
    return chunk;
  }

  /** A chunk has arrived at this moment; the same one may arrive at several places. Chunks without a mark are left out. */
  arrived(chunk: Uint8Array, at: number): void {
    if (chunk.byteLength < MARK_BYTES) return;
    const view = new DataView(chunk.buffer, chunk.byteOffset, MARK_BYTES);
    const sentAt = view.getUint16(0, true) === MAGIC ? this.#sentAt.get(view.getUint32(2, true)) : undefined;
    if (sentAt === undefined) return;
    this.#travelled.push(at - sentAt);
  }

  get sent(): number {
    return this.#sent;
  }

  /** How long each arrival took, in milliseconds. */
  get travelled(): readonly number[] {
    return this.#travelled;
  }

  /** What was measured so far was a warm-up. */
  forget(): void {
    this.#travelled = [];
    this.#sentAt.clear();
    this.#sent = 0;
  }
}
