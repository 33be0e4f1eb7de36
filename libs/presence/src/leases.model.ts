import fc from 'fast-check';
import type { Lease } from './leases.ts';
import type { LeaseEngine } from './leases.contract.ts';

const LONG_MS = 60_000;

type Step =
  | { do: 'acquire'; name: string; holder: string; brief: boolean }
  | { do: 'renew' | 'release'; pick: number; brief: boolean }
  | { do: 'remember'; pick: number; text: string; brief: boolean }
  | { do: 'token'; name: string }
  | { do: 'freeIn'; name: string }
  | { do: 'recall'; name: string }
  | { do: 'claim'; key: string; brief: boolean };

const name = fc.constantFrom('x', 'y');
const brief = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('acquire'), name, holder: fc.constantFrom('a', 'b'), brief }),
  fc.record({ do: fc.constantFrom('renew', 'release'), pick: fc.nat(20), brief }),
  fc.record({ do: fc.constant('remember'), pick: fc.nat(20), text: fc.string({ maxLength: 5 }), brief }),
  fc.record({ do: fc.constant('token'), name }),
  fc.record({ do: fc.constant('freeIn'), name }),
  fc.record({ do: fc.constant('recall'), name }),
  fc.record({ do: fc.constant('claim'), key: name, brief }),
);

/** Runs random steps on an engine and on the simplest thing that could be right; what is given briefly has expired before the next step. */
export async function checkLeasesAgainstModel(
  open: () => Promise<LeaseEngine>,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const engine = await open();
      const held = new Map<string, Lease>();
      const newest = new Map<string, number>();
      const notes = new Map<string, string>();
      const claimed = new Set<string>();
      const everGiven: Lease[] = [];
      let turn = 0;
      for (const each of steps) {
        turn += 1;
        const leases = turn % 2 === 0 ? engine.one : engine.two;
        const ttlMs = 'brief' in each && each.brief ? 1 : LONG_MS;
        if (each.do === 'acquire') {
          const lease = await leases.acquire(each.name, each.holder, ttlMs);
          same('acquire', lease !== undefined, !held.has(each.name));
          if (lease !== undefined) {
            same('higher token', lease.token > (newest.get(each.name) ?? 0), true);
            newest.set(each.name, lease.token);
            everGiven.push(lease);
            if (!each.brief) held.set(each.name, lease);
          }
        } else if (each.do === 'token') {
          same('token', await leases.token(each.name), newest.get(each.name) ?? 0);
        } else if (each.do === 'freeIn') {
          const freeIn = await leases.freeIn(each.name);
          if (held.has(each.name)) same('freeIn', freeIn > 0 && freeIn <= LONG_MS, true);
          else same('freeIn', freeIn, 0);
        } else if (each.do === 'recall') {
          same('recall', await leases.recall(each.name), notes.get(each.name));
        } else if (each.do === 'remember') {
          const lease = everGiven[each.pick % Math.max(1, everGiven.length)];
          if (lease === undefined) continue;
          const ofNewest = newest.get(lease.name) === lease.token;
          same('remember', await leases.remember(lease, each.text, ttlMs), ofNewest);
          if (ofNewest && each.brief) notes.delete(lease.name);
          else if (ofNewest) notes.set(lease.name, each.text);
        } else if (each.do === 'claim') {
          same('claim', await leases.claimOnce(each.key, ttlMs), !claimed.has(each.key));
          if (!each.brief) claimed.add(each.key);
        } else {
          const lease = everGiven[each.pick % Math.max(1, everGiven.length)];
          if (lease === undefined) continue;
          const holds = held.get(lease.name) === lease;
          if (each.do === 'release') await leases.release(lease);
          else same('renew', await leases.renew(lease, ttlMs), holds);
          if (holds && (each.do === 'release' || each.brief)) held.delete(lease.name);
        }
        if (ttlMs === 1) await engine.advance(3);
      }
      await Promise.all([engine.one.close(), engine.two.close()]);
    }),
    { numRuns },
  );
}

function same(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}
