import type { Lease, Leases } from '@studio/presence';

export interface LeaseKeeperOptions {
  leases: Leases;
  lease: Lease;
  ttlMs: number;
  renewMs: number;
  /** When the lease was asked for, on `performance.now()`: from then on it holds for `ttlMs`. */
  acquiredAt: number;
  /** Once: the lease is gone, or may be. */
  onLost: () => void;
}

/** Renews a lease until it is given back or lost; when the store does not answer, it counts as lost as soon as it may have expired. */
export class LeaseKeeper {
  private readonly options: LeaseKeeperOptions;
  private readonly timer: NodeJS.Timeout;
  private expiry: NodeJS.Timeout | undefined;
  private renewing = false;
  private ended = false;

  constructor(options: LeaseKeeperOptions) {
    this.options = options;
    this.expireAfter(options.acquiredAt);
    this.timer = setInterval(() => void this.renew(), options.renewMs);
  }

  /** Gives the lease back. @throws StoreUnavailableError; it expires by itself then */
  async release(): Promise<void> {
    this.end();
    await this.options.leases.release(this.options.lease);
  }

  private async renew(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    const { leases, lease, ttlMs } = this.options;
    const startedAt = performance.now();
    try {
      if (await leases.renew(lease, ttlMs)) this.expireAfter(startedAt);
      else this.lose();
    } catch {
      // The store is away, which its own connection reports; the expiry decides.
    } finally {
      this.renewing = false;
    }
  }

  private expireAfter(startedAt: number): void {
    if (this.ended) return;
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.lose(), startedAt + this.options.ttlMs - performance.now());
  }

  private lose(): void {
    if (this.ended) return;
    this.end();
    this.options.onLost();
  }

  private end(): void {
    this.ended = true;
    clearInterval(this.timer);
    clearTimeout(this.expiry);
  }
}
