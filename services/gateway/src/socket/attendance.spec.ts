import { afterEach, expect, it, vi } from 'vitest';
import { decodeJson } from '@studio/bus';
import type { BusMessage } from '@studio/bus';
import { LIMITS, RPC, SUBJECT } from '@studio/contracts';
import type { RpcMethod } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';

let studio: TestStudio;
afterEach(() => studio.close());

/** The first request of a method falls on a process that stands still until it is told to go on. */
function standStill(method: RpcMethod) {
  const ask = studio.bus.request.bind(studio.bus);
  const answer = Promise.withResolvers<BusMessage>();
  let held: Parameters<typeof ask> | undefined;
  vi.spyOn(studio.bus, 'request').mockImplementation((...request) => {
    if (held !== undefined || request[0] !== SUBJECT.rpc(method)) return ask(...request);
    held = request;
    return answer.promise;
  });
  return {
    /** What it was asked. */
    get request(): Uint8Array {
      if (held === undefined) throw new Error(`nobody has asked for ${method}`);
      return held[1];
    },
    goOn: () => {
      if (held !== undefined) answer.resolve(ask(...held));
    },
  };
}

it('enters by another process when the one that was asked stands still, and is there once when that one goes on', async () => {
  studio = await TestStudio.start();
  const roomId = await studio.createRoom();
  const ada = await studio.signIn('Ada');
  const still = standStill('room.join');
  const began = performance.now();
  await studio.enter(ada, roomId);
  expect(performance.now() - began).toBeLessThan(LIMITS.rpcMs - 2_000);
  const late = RPC['room.join'].request.parse(decodeJson(still.request));
  const here = studio.room.of('room.join').at(-1)!.connectionId;
  expect(here).not.toBe(late.connectionId);
  still.goOn();
  await vi.waitFor(() =>
    expect(studio.room.of('room.leave')).toMatchObject([{ connectionId: late.connectionId, reason: 'left' }]),
  );
});

it('is told to be gone by another process when the one that was asked stands still', async () => {
  studio = await TestStudio.start();
  const roomId = await studio.createRoom();
  const connection = await studio.enter(await studio.signIn('Ada'), roomId);
  const still = standStill('room.leave');
  connection.leave();
  await vi.waitFor(() => expect(studio.room.of('room.leave')).toHaveLength(1), { timeout: 4_000 });
  expect(studio.room.of('room.leave')).toEqual([RPC['room.leave'].request.parse(decodeJson(still.request))]);
});
