import { LIMITS, newId } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { expect, it, vi } from 'vitest';
import { RoomOwner } from './room-owner.ts';

it('lets another process have a room that it could not end in order', async () => {
  const [presence, leases] = [new InProcessPresence(), new InProcessLeases()];
  const roomId = newId();
  await presence.join({ roomId, connectionId: newId(), participantId: newId(), details: {} }, 60_000);
  const close = vi.fn(() => Promise.reject(new Error('the bus is away')));
  const room = { update: () => undefined, close, abandon: () => Promise.resolve() };
  const owner = new RoomOwner({
    ...{
      presence,
      leases,
      emptyRoomMs: 0,
      logger: createLogger('test', { level: 'silent' }),
      hears: () => true,
    },
    open: () => Promise.resolve(room),
  });
  await owner.lookAt(roomId);
  expect(await leases.acquire(`live:${roomId}`, 'another', LIMITS.leaseMs)).toBeUndefined();
  await owner.close();
  expect(close).toHaveBeenCalledOnce();
  await vi.waitFor(
    async () => expect(await leases.acquire(`live:${roomId}`, 'another', LIMITS.leaseMs)).toBeDefined(),
    { timeout: LIMITS.leaseMs + 500 },
  );
});

it('takes a room in the moment in which the lease of a dead owner expires', async () => {
  const [presence, leases] = [new InProcessPresence(), new InProcessLeases()];
  const roomId = newId();
  await presence.join({ roomId, connectionId: newId(), participantId: newId(), details: {} }, 60_000);
  const lease = await leases.acquire(`live:${roomId}`, 'dead', LIMITS.leaseMs);
  const diedAt = performance.now();
  const opened = Promise.withResolvers<number>();
  const room = { update: () => undefined, close: () => Promise.resolve(), abandon: () => Promise.resolve() };
  const owner = new RoomOwner({
    ...{
      presence,
      leases,
      emptyRoomMs: 0,
      logger: createLogger('test', { level: 'silent' }),
      hears: () => true,
    },
    open: () => {
      opened.resolve(performance.now());
      return Promise.resolve(room);
    },
  });
  owner.start();
  const tookMs = (await opened.promise) - diedAt;
  expect(tookMs).toBeGreaterThan(LIMITS.leaseMs - 50);
  expect(tookMs).toBeLessThan(LIMITS.leaseMs + 300);
  expect(await leases.token(`live:${roomId}`)).toBeGreaterThan(lease!.token);
  await owner.close();
});

it('ends a room at once whose lease is lost while it is being given back: another process serves it already', async () => {
  const [presence, leases] = [new InProcessPresence(), new InProcessLeases()];
  const roomId = newId();
  await presence.join({ roomId, connectionId: newId(), participantId: newId(), details: {} }, 60_000);
  // It rests: an answer is still being said.
  const rest = Promise.withResolvers<undefined>();
  const abandoned = Promise.withResolvers<undefined>();
  const room = {
    update: () => undefined,
    close: () => rest.promise,
    abandon() {
      abandoned.resolve(undefined);
      return Promise.resolve();
    },
  };
  const owner = new RoomOwner({
    ...{
      presence,
      leases,
      emptyRoomMs: 0,
      logger: createLogger('test', { level: 'silent' }),
      hears: () => true,
    },
    open: () => Promise.resolve(room),
  });
  await owner.lookAt(roomId);
  const closed = owner.close();
  vi.spyOn(leases, 'renew').mockResolvedValue(false);
  await abandoned.promise;
  rest.resolve(undefined);
  await closed;
});

it('leaves a room to others while the bus is away from here, and takes it when it is back', async () => {
  const [presence, leases] = [new InProcessPresence(), new InProcessLeases()];
  const roomId = newId();
  await presence.join({ roomId, connectionId: newId(), participantId: newId(), details: {} }, 60_000);
  const room = { update: () => undefined, close: () => Promise.resolve(), abandon: () => Promise.resolve() };
  const open = vi.fn(() => Promise.resolve(room));
  let hears = false;
  const logger = createLogger('test', { level: 'silent' });
  const owner = new RoomOwner({ presence, leases, emptyRoomMs: 0, logger, open, hears: () => hears });
  await owner.lookAt(roomId);
  expect(open).not.toHaveBeenCalled();
  expect(await leases.freeIn(`live:${roomId}`)).toBe(0);
  hears = true;
  await owner.lookAt(roomId);
  expect(open).toHaveBeenCalledOnce();
  await owner.close();
});
