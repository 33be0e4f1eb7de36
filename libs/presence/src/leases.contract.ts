import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease, Leases } from './leases.ts';

export interface LeaseEngine {
  /** Two processes; for an engine inside a process both are the same. */
  readonly one: Leases;
  readonly two: Leases;
  /** Lets time pass for the engine. */
  readonly advance: (ms: number) => Promise<void>;
}

const TTL_MS = 60;
const LONG_MS = 60_000;

/** What {@link Leases} promise, whatever the engine. */
export function describeLeases(engine: string, open: () => Promise<LeaseEngine>): void {
  describe(`leases, ${engine}`, () => {
    let one: Leases;
    let two: Leases;
    let advance: (ms: number) => Promise<void>;
    let name: string;

    beforeEach(async () => {
      ({ one, two, advance } = await open());
      name = `live:${crypto.randomUUID()}`;
    });
    afterEach(async () => {
      await Promise.all([one.close(), two.close()]);
    });

    async function acquired(leases: Leases, holder: string, ttlMs: number): Promise<Lease> {
      const lease = await leases.acquire(name, holder, ttlMs);
      if (lease === undefined) throw new Error(`${holder} did not get the lease`);
      return lease;
    }

    it('gives a lease to one of many who want it at the same time', async () => {
      const wanted = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).acquire(name, `holder ${index}`, LONG_MS),
      );
      const given = (await Promise.all(wanted)).filter((lease) => lease !== undefined);
      expect(given).toHaveLength(1);
      expect(given[0]).toMatchObject({ name });
      expect(await two.token(name)).toBe(given[0]?.token);
    });

    it('does not give it again while it is held, not even to its holder', async () => {
      await acquired(one, 'a', LONG_MS);
      expect(await two.acquire(name, 'b', LONG_MS)).toBeUndefined();
      expect(await one.acquire(name, 'a', LONG_MS)).toBeUndefined();
    });

    it('gives it to the next holder when it has expired, with a higher token', async () => {
      const first = await acquired(one, 'a', TTL_MS);
      await advance(TTL_MS + 1);
      const second = await acquired(two, 'b', LONG_MS);
      expect(second.token).toBeGreaterThan(first.token);
      expect(await one.token(name)).toBe(second.token);
    });

    it('gives higher tokens however fast the holders change', async () => {
      const tokens: number[] = [];
      for (let turn = 0; turn < 20; turn += 1) {
        const lease = await acquired(turn % 2 === 0 ? one : two, `holder ${turn}`, LONG_MS);
        tokens.push(lease.token);
        await one.release(lease);
      }
      expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    });

    it('tells when it will be free at the latest', async () => {
      expect(await two.freeIn(name)).toBe(0);
      const lease = await acquired(one, 'a', LONG_MS);
      const freeIn = await two.freeIn(name);
      expect(freeIn).toBeGreaterThan(LONG_MS - 5_000);
      expect(freeIn).toBeLessThanOrEqual(LONG_MS);
      await one.renew(lease, TTL_MS);
      expect(await two.freeIn(name)).toBeLessThanOrEqual(TTL_MS);
      await one.release(lease);
      expect(await two.freeIn(name)).toBe(0);
    });

    it('is kept by renewing it', async () => {
      const lease = await acquired(one, 'a', TTL_MS);
      expect(await one.renew(lease, LONG_MS)).toBe(true);
      await advance(TTL_MS + 1);
      expect(await two.acquire(name, 'b', LONG_MS)).toBeUndefined();
      expect(await one.renew(lease, LONG_MS)).toBe(true);
      expect(await one.token(name)).toBe(lease.token);
    });

    it('is lost to a holder who renews too late, whether somebody else has it or not', async () => {
      const lease = await acquired(one, 'a', TTL_MS);
      await advance(TTL_MS + 1);
      expect(await one.renew(lease, LONG_MS)).toBe(false);
      const next = await acquired(two, 'b', LONG_MS);
      expect(await one.renew(lease, LONG_MS)).toBe(false);
      expect(await two.renew(next, LONG_MS)).toBe(true);
    });

    it('tells the same holder with an older token from the one who holds it', async () => {
      const old = await acquired(one, 'a', TTL_MS);
      await advance(TTL_MS + 1);
      await acquired(one, 'a', LONG_MS);
      expect(await one.renew(old, LONG_MS)).toBe(false);
      await one.release(old);
      expect(await two.acquire(name, 'b', LONG_MS)).toBeUndefined();
    });

    it('is free at once when it is released, and never by somebody else', async () => {
      const lease = await acquired(one, 'a', LONG_MS);
      await two.release({ ...lease, holder: 'b' });
      expect(await one.renew(lease, LONG_MS)).toBe(true);
      await one.release(lease);
      await one.release(lease);
      const next = await acquired(two, 'b', LONG_MS);
      expect(next.token).toBeGreaterThan(lease.token);
      await one.release(lease);
      expect(await two.renew(next, LONG_MS)).toBe(true);
    });

    it('keeps names apart, and knows no token of a name that was never held', async () => {
      await acquired(one, 'a', LONG_MS);
      expect(await two.acquire(`${name}:other`, 'b', LONG_MS)).toMatchObject({ holder: 'b' });
      expect(await one.token(`${name}:never`)).toBe(0);
    });

    it('keeps a text beside it for whoever holds it next, until its time is over', async () => {
      const first = await acquired(one, 'a', LONG_MS);
      expect(await two.recall(name)).toBeUndefined();
      expect(await one.remember(first, 'older', LONG_MS)).toBe(true);
      expect(await one.remember(first, 'newer: {"ä":1}', LONG_MS)).toBe(true);
      await one.release(first);
      expect(await two.recall(name)).toBe('newer: {"ä":1}');
      // As long as nobody else has it: what the holder was about to write is still true.
      expect(await one.remember(first, 'late', LONG_MS)).toBe(true);
      const second = await acquired(two, 'b', LONG_MS);
      expect(await two.recall(name)).toBe('late');
      expect(await two.remember(second, 'brief', TTL_MS)).toBe(true);
      expect(await one.recall(`${name}:other`)).toBeUndefined();
      await advance(TTL_MS + 1);
      expect(await one.recall(name)).toBeUndefined();
    });

    it('keeps no text of a holder after whom it was given to another', async () => {
      const stale = await acquired(one, 'a', TTL_MS);
      await advance(TTL_MS + 1);
      const next = await acquired(two, 'b', LONG_MS);
      expect(await one.remember(stale, 'stale', LONG_MS)).toBe(false);
      expect(await two.recall(name)).toBeUndefined();
      expect(await two.remember(next, 'true', LONG_MS)).toBe(true);
      expect(await one.remember(stale, 'stale', LONG_MS)).toBe(false);
      await two.release(next);
      expect(await one.remember(stale, 'stale', LONG_MS)).toBe(false);
      expect(await one.recall(name)).toBe('true');
      expect(await one.remember({ name: `${name}:never`, holder: 'a', token: 1 }, 'x', LONG_MS)).toBe(false);
    });

    it('keeps nothing of a name that is erased, and its holder has lost it', async () => {
      const lease = await acquired(one, 'a', LONG_MS);
      await one.remember(lease, 'text', LONG_MS);
      await two.erase(name);
      expect(await one.renew(lease, LONG_MS)).toBe(false);
      expect(await one.recall(name)).toBeUndefined();
      expect(await one.token(name)).toBe(0);
      expect(await one.freeIn(name)).toBe(0);
      await two.erase(`${name}:never`);
    });

    it('keeps nothing of a lease that its holder discards, and the one of another', async () => {
      const lease = await acquired(one, 'a', LONG_MS);
      await one.remember(lease, 'text', LONG_MS);
      await two.discard({ ...lease, holder: 'b' });
      expect(await one.renew(lease, LONG_MS)).toBe(true);
      await two.discard(lease);
      expect([await one.token(name), await one.recall(name), await one.freeIn(name)]).toEqual([
        0,
        undefined,
        0,
      ]);
      const next = await acquired(two, 'b', LONG_MS);
      await one.discard(lease);
      expect(await two.renew(next, LONG_MS)).toBe(true);
    });

    it('gives exactly as many places as there are, to each id one, until their time is over or they are given back', async () => {
      const take = (id: string, ttlMs = LONG_MS) => one.takePlace(name, id, 3, ttlMs);
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 === 0 ? one : two).takePlace(name, `id ${index % 6}`, 3, LONG_MS),
        ),
      );
      const having = taken.flatMap((has, index) => (has ? [`id ${index % 6}`] : []));
      const [first = ''] = having;
      expect([having.length, new Set(having).size]).toEqual([6, 3]);
      expect([await take(first), await take('other')]).toEqual([true, false]);
      await two.giveBackPlace(name, first);
      await two.giveBackPlace(name, 'never');
      expect([await take('other'), await take(first)]).toEqual([true, false]);
      name = `${name}:brief`;
      expect([await take('a', TTL_MS), await take('b'), await take('c'), await take('d')]).toEqual([
        ...[true, true, true, false],
      ]);
      await advance(TTL_MS + 1);
      expect(await take('d')).toBe(true);
    });

    it('lets a key be claimed once, by one of many, until its time is over', async () => {
      const claims = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? one : two).claimOnce(name, TTL_MS),
      );
      expect((await Promise.all(claims)).filter((claimed) => claimed)).toHaveLength(1);
      expect(await one.claimOnce(`${name}:other`, LONG_MS)).toBe(true);
      await advance(TTL_MS + 1);
      expect(await two.claimOnce(name, LONG_MS)).toBe(true);
      expect(await one.claimOnce(name, LONG_MS)).toBe(false);
    });
  });
}
