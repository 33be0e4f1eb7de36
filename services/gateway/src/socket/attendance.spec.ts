import { afterEach, expect, it, vi } from 'vitest';
import { decodeJson, encodeJson } from '@studio/bus';
import type { BusMessage } from '@studio/bus';
import { LIMITS, RPC, SUBJECT } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';

let studio: TestStudio;
afterEach(() => studio.close());

it('enters by another process when the one that was asked stands still, and is there once when that one goes on', async () => {
  studio = await TestStudio.start();
  const roomId = await studio.createRoom();
  const ada = await studio.signIn('Ada');
  const kept: BusMessage[] = [];
  const still = await studio.bus.subscribe(
    SUBJECT.rpc('room.join'),
    (message) => {
      kept.push(message);
      void still.close();
    },
    { queue: 'room' },
  );
  let tookMs = 0;
  while (kept.length === 0) {
    const began = performance.now();
    await studio.enter(ada, roomId);
    tookMs = performance.now() - began;
  }
  expect(tookMs).toBeLessThan(LIMITS.rpcMs - 2_000);
  const late = RPC['room.join'].request.parse(decodeJson(kept[0]!.data));
  const here = studio.room.of('room.join').at(-1)!.connectionId;
  expect(here).not.toBe(late.connectionId);
  kept[0]!.respond(encodeJson({ ok: studio.room.join(late) }));
  await vi.waitFor(() =>
    expect(studio.room.of('room.leave')).toMatchObject([{ connectionId: late.connectionId, reason: 'left' }]),
  );
});

it('is told to be gone by another process when the one that was asked stands still', async () => {
  studio = await TestStudio.start();
  const roomId = await studio.createRoom();
  const ada = await studio.signIn('Ada');
  const kept: BusMessage[] = [];
  const still = await studio.bus.subscribe(
    SUBJECT.rpc('room.leave'),
    (message) => {
      kept.push(message);
      void still.close();
    },
    { queue: 'room' },
  );
  let left = 0;
  while (kept.length === 0) {
    const connection = await studio.enter(ada, roomId);
    connection.leave();
    left += 1;
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toHaveLength(left), { timeout: 4_000 });
  }
});
