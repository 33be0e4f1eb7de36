import { setTimeout as delay } from 'node:timers/promises';
import { startRedis, type TestServer } from '@studio/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeLeases, type LeaseEngine } from './leases.contract.ts';
import { checkLeasesAgainstModel } from './leases.model.ts';
import { describePresence, type PresenceEngine } from './presence.contract.ts';
import { checkPresenceAgainstModel } from './presence.model.ts';
import { connectRedisLeases, type RedisLeases } from './redis-leases.ts';
import { connectRedisPresence, type RedisPresence } from './redis-presence.ts';
import { StoreUnavailableError } from './store-unavailable-error.ts';

const LONG_MS = 60_000;
/** Redis has its own clock, which only passes. */
const advance = (ms: number) => delay(ms);

describe('Redis', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => server.stop());

  /** Two clients, with keys that nobody else has. */
  async function openTwo<T>(connect: (options: { url: string; name: string; prefix: string }) => Promise<T>) {
    const options = { url: server.url, name: 'spec', prefix: `kss:test:${crypto.randomUUID()}:` };
    return { one: await connect(options), two: await connect(options), advance };
  }
  const openLeases = (): Promise<LeaseEngine> => openTwo(connectRedisLeases);
  const openPresence = (): Promise<PresenceEngine> => openTwo(connectRedisPresence);

  describeLeases('Redis', openLeases);
  describePresence('Redis', openPresence);

  it('leases on Redis do what the model does', async () => checkLeasesAgainstModel(openLeases, 50));
  it('presence on Redis does what the model does', async () => checkPresenceAgainstModel(openPresence, 30));
});

describe('a Redis of its own', () => {
  let server: TestServer;
  let presence: RedisPresence;
  let leases: RedisLeases;
  let raw: Redis;
  let told: boolean[];

  beforeEach(async () => {
    server = await startRedis({ own: true });
    told = [];
    const options = { url: server.url, name: 'spec' };
    presence = await connectRedisPresence({ ...options, onConnection: (connected) => told.push(connected) });
    leases = await connectRedisLeases(options);
    raw = new Redis(server.url);
    raw.on('error', () => undefined);
  });
  afterEach(async () => {
    await Promise.all([presence.close(), leases.close()]);
    raw.disconnect();
    await server.stop();
  });

  const join = (roomId: string, connectionId: string) =>
    presence.join({ roomId, connectionId, participantId: 'ada', details: {} }, LONG_MS);

  it('keeps nothing of an empty room but the counter of its sources, which expires', async () => {
    await join('room', 'c1');
    await join('room', 'c2');
    expect(await raw.ttl('kss:{presence}:source:room')).toBe(-1);
    await presence.leave('room', 'c1');
    await presence.leave('room', 'c2');
    expect(await raw.keys('*')).toEqual(['kss:{presence}:source:room']);
    expect(await raw.ttl('kss:{presence}:source:room')).toBeGreaterThan(60 * 60);
    await join('room', 'c3');
    expect(await raw.ttl('kss:{presence}:source:room')).toBe(-1);
  });

  it('keeps nothing of a lease or a claim without an expiry', async () => {
    const lease = await leases.acquire('live:room', 'a', LONG_MS);
    await leases.remember(lease!, 'note', LONG_MS);
    await leases.claimOnce('ticket', LONG_MS);
    const keys = await raw.keys('*');
    const ofLease = ['lease', 'note', 'token'].map((key) => `kss:{live:room}:${key}`);
    expect(keys.sort()).toEqual(['kss:once:ticket', ...ofLease]);
    for (const key of keys) expect(await raw.ttl(key)).toBeGreaterThan(0);
  });

  it('tells who is not there any more after Redis was emptied, and goes on with higher tokens', async () => {
    await join('room', 'c1');
    await join('room', 'c2');
    const lease = await leases.acquire('live:room', 'a', LONG_MS);
    if (lease === undefined) throw new Error('no lease');
    await raw.flushall();
    const reported = ['c1', 'c2'].map((connectionId) => ({ roomId: 'room', connectionId }));
    expect(await presence.beat(reported, LONG_MS)).toEqual(['c1', 'c2']);
    expect(await presence.list('room')).toEqual([]);
    expect(await presence.sweep()).toEqual([]);
    expect(await join('room', 'c2')).toMatchObject({ first: true });
    expect(await leases.renew(lease, LONG_MS)).toBe(false);
    const next = await leases.acquire('live:room', 'b', LONG_MS);
    expect(next?.token).toBeGreaterThan(lease.token);
  });

  it('gives no source again after Redis was emptied, before those who have one are back', async () => {
    const before = await Promise.all(['c1', 'c2', 'c3'].map((connectionId) => join('room', connectionId)));
    // Three numbers in a millisecond: what they are ahead of the time must pass.
    await delay(64);
    await raw.flushall();
    const { source } = await join('room', 'c4');
    expect(source).toBeGreaterThan(Math.max(...before.map((joined) => joined.source)));
    const back = await presence.join(
      {
        ...{ roomId: 'room', connectionId: 'c3', participantId: 'ada', details: {} },
        ...{ rejoin: true, formerSource: before[2]?.source ?? 0 },
      },
      LONG_MS,
    );
    expect(back).toEqual({ source: before[2]?.source, first: false });
  });

  it('runs its scripts again after Redis has forgotten them', async () => {
    const { source } = await join('room', 'c1');
    await raw.script('FLUSH');
    expect(await join('room', 'c2')).toEqual({ source: source + 1, first: false });
  });

  it('fails within about two seconds while Redis is away, and comes back with it', async () => {
    await server.restart(async () => {
      await vi.waitFor(() => expect(presence.connected()).toBe(false), 5_000);
      const start = performance.now();
      await expect(presence.rooms()).rejects.toThrow(StoreUnavailableError);
      await expect(leases.token('x')).rejects.toThrow(StoreUnavailableError);
      expect(performance.now() - start).toBeLessThan(2 * 2_500);
    });
    await vi.waitFor(() => expect(presence.connected()).toBe(true), 5_000);
    expect(await join('room', 'c1')).toMatchObject({ first: true });
    expect(told).toEqual([true, false, true]);
  });

  it('holds a command over a short outage', async () => {
    let held: Promise<unknown> | undefined;
    await server.restart(async () => {
      await vi.waitFor(() => expect(presence.connected()).toBe(false), 5_000);
      held = presence.rooms();
    });
    expect(await held).toEqual([]);
  });

  it('fails within about two seconds while Redis answers nothing, and comes back with it', async () => {
    await server.pause();
    const start = performance.now();
    await expect(join('room', 'c1')).rejects.toThrow(StoreUnavailableError);
    expect(performance.now() - start).toBeLessThan(2_500);
    await server.resume();
    expect(await presence.rooms()).toEqual(expect.any(Array));
  });

  it('waits for a Redis that is not there yet, and says so', async () => {
    const early: boolean[] = [];
    let late: Promise<RedisPresence> | undefined;
    await server.restart(async () => {
      late = connectRedisPresence({
        ...{ url: server.url, name: 'early' },
        onConnection: (connected) => early.push(connected),
      });
      await vi.waitFor(() => expect(early).toEqual([false]), 5_000);
    });
    const connected = await late;
    expect(connected?.connected()).toBe(true);
    expect(early).toEqual([false, true]);
    await connected?.close();
  });

  it('does not wait for a Redis that refuses the password', async () => {
    await raw.config('SET', 'requirepass', 'right');
    const url = server.url.replace('redis://', 'redis://:wrong@');
    await expect(connectRedisPresence({ url, name: 'refused' })).rejects.toThrow('WRONGPASS');
  });

  it('refuses work after it was closed', async () => {
    await presence.close();
    await presence.close();
    expect(presence.connected()).toBe(false);
    await expect(presence.rooms()).rejects.toThrow(StoreUnavailableError);
  });
});
