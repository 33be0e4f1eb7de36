/** What microphones send and Gemini is given: PCM, 16-bit little-endian mono, at this rate. */
export const MICROPHONE_RATE = 16_000;
const BYTES_PER_MS = (MICROPHONE_RATE * 2) / 1000;

/** The newest part of a stream. */
export class RecentAudio {
  private chunks: Uint8Array[] = [];
  private bytes = 0;

  /** Keeps a copy, and of what came before it as much as `mostMs` hold. */
  add(pcm: Uint8Array, mostMs: number): void {
    this.chunks.push(pcm.slice());
    this.bytes += pcm.byteLength;
    for (let oldest = this.chunks[0]; oldest !== undefined; oldest = this.chunks[0]) {
      if (this.bytes - oldest.byteLength < mostMs * BYTES_PER_MS) break;
      this.bytes -= oldest.byteLength;
      this.chunks.shift();
    }
  }

  /** Hands out what was kept, oldest first. */
  take(): Uint8Array[] {
    const { chunks } = this;
    this.chunks = [];
    this.bytes = 0;
    return chunks;
  }
}
