import { LIMITS } from '@studio/contracts';
import { TokenBucket } from './token-bucket.ts';

export type RateKind = 'audio' | 'picture' | 'control';

/** A client may exceed its rates by this many messages per second without an end ... */
const EXCESS_PER_SECOND = 10;
/** ... and by so many at once; beyond, its connection is closed. Audio at 150 % of its rate lasts 21 s, at ten times 0.9 s. */
const EXCESS_BURST = 300;

/** The rates at which one connection may send. */
export class RateLimits {
  private readonly buckets: Record<RateKind, TokenBucket>;
  private readonly excess: TokenBucket;

  constructor(now: number) {
    this.buckets = {
      audio: new TokenBucket(LIMITS.audioFramesPerSecond, LIMITS.audioBurst, now),
      picture: new TokenBucket(LIMITS.picturesPerSecond, LIMITS.picturesPerSecond, now),
      control: new TokenBucket(LIMITS.controlPerSecond, LIMITS.controlBurst, now),
    };
    this.excess = new TokenBucket(EXCESS_PER_SECOND, EXCESS_BURST, now);
  }

  /** Whether the message may pass, is refused, or is one too many of those refused. */
  check(kind: RateKind, now: number): 'pass' | 'refuse' | 'abuse' {
    if (this.buckets[kind].take(now)) return 'pass';
    return this.excess.take(now) ? 'refuse' : 'abuse';
  }
}
