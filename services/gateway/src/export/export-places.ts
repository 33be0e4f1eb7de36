import { LIMITS } from '@studio/contracts';
import type { Id } from '@studio/contracts';
import { ComeBackLater } from '../http/come-back-later.ts';

const SECONDS = 10;

/** How many exports this process writes at once, and how many of them for one person: each keeps some pages in memory. */
export class ExportPlaces {
  private readonly taken = new Map<Id, number>();
  private all = 0;

  constructor(
    /** For how long a client may keep its place without taking anything, milliseconds. */
    readonly stalledMs: number,
  ) {}

  /** Resolves or rejects as `action` does, which has a place meanwhile. @throws ComeBackLater when there is none */
  async within(personId: Id, action: () => Promise<void>): Promise<void> {
    const own = this.taken.get(personId) ?? 0;
    if (own >= LIMITS.exportsPerPerson)
      throw new ComeBackLater('rate_limited', 'Wait until one of your downloads has ended.', SECONDS);
    if (this.all >= LIMITS.exportsPerGateway)
      throw new ComeBackLater(
        'unavailable',
        'Too many conversations are downloaded now. Try again.',
        SECONDS,
      );
    this.all++;
    this.taken.set(personId, own + 1);
    try {
      await action();
    } finally {
      this.all--;
      const left = (this.taken.get(personId) ?? 1) - 1;
      if (left > 0) this.taken.set(personId, left);
      else this.taken.delete(personId);
    }
  }
}
