import { expect, it } from 'vitest';
import { InProcessLeases } from './in-process-leases.ts';
import { InProcessPresence } from './in-process-presence.ts';
import { describeLeases, type LeaseEngine } from './leases.contract.ts';
import { checkLeasesAgainstModel } from './leases.model.ts';
import { describePresence, type PresenceEngine } from './presence.contract.ts';
import { checkPresenceAgainstModel } from './presence.model.ts';

/** An engine with a clock that the test moves. */
function withClock<T>(make: (now: () => number) => T) {
  let now = Date.now();
  const engine = make(() => now);
  const advance = (ms: number) => {
    now += ms;
    return Promise.resolve();
  };
  return Promise.resolve({ one: engine, two: engine, advance });
}

const openLeases = (): Promise<LeaseEngine> => withClock((now) => new InProcessLeases(now));
const openPresence = (): Promise<PresenceEngine> => withClock((now) => new InProcessPresence(now));

describeLeases('in process', openLeases);
describePresence('in process', openPresence);

it('leases in process do what the model does', async () => checkLeasesAgainstModel(openLeases, 300));
it('presence in process does what the model does', async () => checkPresenceAgainstModel(openPresence, 300));

it('leases in process are forgotten a day later, also those behind one that is renewed all the time', async () => {
  const DAY_MS = 24 * 60 * 60 * 1_000;
  let now = 1_000_000;
  const leases = new InProcessLeases(() => now);
  const renewed = await leases.acquire('renewed', 'a', DAY_MS);
  await leases.acquire('brief', 'a', 10);
  for (let hours = 0; hours <= 30; hours += 10) {
    if (renewed === undefined || !(await leases.renew(renewed, DAY_MS))) throw new Error('it was lost');
    now += DAY_MS / 2.4;
  }
  await leases.acquire('another', 'a', 10);
  expect(await leases.token('brief')).toBe(0);
  expect(await leases.token('renewed')).toBe(renewed?.token);
});

it('tokens in process grow over a restart of the process', async () => {
  const before = await new InProcessLeases(() => 1_000_000).acquire('live', 'a', 10);
  const after = await new InProcessLeases(() => 1_000_001).acquire('live', 'b', 10);
  expect(after?.token).toBeGreaterThan(before?.token ?? Infinity);
});
