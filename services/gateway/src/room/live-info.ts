import { RpcClient } from '@studio/bus';
import type { LiveInfo } from '@studio/contracts';

/** Configuration of another service: it changes only when that one is deployed anew. */
const FRESH_MS = 30_000;

/** The studio's Live configuration. Once known, people can meet while no gemini-session answers. */
export class LiveInfoSource {
  private known: LiveInfo | undefined;
  private askedAt = 0;

  constructor(private readonly rpc: RpcClient) {}

  /** @throws StudioError when it is not known and nobody answers */
  async get(): Promise<LiveInfo> {
    if (this.known && performance.now() - this.askedAt < FRESH_MS) return this.known;
    try {
      this.known = await this.rpc.call('live.info', {});
      this.askedAt = performance.now();
      return this.known;
    } catch (error) {
      if (this.known) return this.known;
      throw error;
    }
  }
}
