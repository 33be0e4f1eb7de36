import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import type { Room } from '@studio/contracts';
import { openFileEventLog } from '@studio/event-log';
import { openDiskObjectStore, StoreUnavailableError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { code, person, RoomReplicas, WAIT } from '../testing/room-replicas.fixture.ts';
import { segmentOf, segmentPrefix } from './segment.ts';

const ada = person('Ada');
let directory: string;
let away: boolean;
let rooms: RoomReplicas;
let room: Room;

/** The store, of which nothing can be had while `away`. */
function interruptible(store: ObjectStore): ObjectStore {
  const unless = <T>(action: () => Promise<T>): Promise<T> =>
    away ? Promise.reject(new StoreUnavailableError('the store is away')) : action();
  return {
    get: (...args) => unless(() => store.get(...args)),
    put: (...args) => unless(() => store.put(...args)),
    delete: (...args) => unless(() => store.delete(...args)),
    list: (...args) => unless(() => store.list(...args)),
    close: () => store.close(),
  };
}

beforeEach(async () => {
  away = false;
  directory = await mkdtemp(join(tmpdir(), 'room-archive-'));
  const ports = {
    ...{ bus: new InProcessBus(), presence: new InProcessPresence(), leases: new InProcessLeases() },
    eventLog: await openFileEventLog(join(directory, 'events')),
    objectStore: interruptible(await openDiskObjectStore(join(directory, 'objects'))),
  };
  rooms = await RoomReplicas.start([ports, ports], {
    ...{
      ARCHIVE_EVENTS: 5,
      ARCHIVE_KEEP: 4,
      ARCHIVE_IDLE_MS: 400,
      ARCHIVE_FORGET_MS: 400,
      PRESENCE_MS: 60_000,
    },
  });
  room = await rooms.create(ada);
});
afterEach(async () => {
  await rooms.close();
  await rooms.ports.bus.close();
  await rooms.ports.eventLog.close();
  await rm(directory, { recursive: true });
});

const segments = async () => {
  const { objects } = await rooms.ports.objectStore.list(segmentPrefix(room.id), { limit: 100 });
  return objects.map((object) => segmentOf(object)).map((segment) => [segment?.first, segment?.last]);
};
const say = async (from: number, to: number) => {
  for (let number = from; number <= to; number++) await rooms.say(room, ada, `line-number-${number}`);
};
const seqs = async () => (await rooms.conversation(room)).map(({ seq }) => seq);
const range = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

it('archives an idle room to its end, and goes on with the same segment when more is said', async () => {
  await say(2, 3);
  await vi.waitFor(async () => expect(await segments()).toEqual([[1, 3]]), WAIT);
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(3), WAIT);
  await say(4, 8);
  await vi.waitFor(
    async () =>
      expect(await segments()).toEqual([
        [1, 5],
        [6, 8],
      ]),
    WAIT,
  );
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(8), WAIT);
  expect(await seqs()).toEqual(range(8));
});

it('knows what was said last in an idle room, for whoever was away and repeats it', async () => {
  const ports = { ...rooms.ports, bus: new InProcessBus() };
  const patient = await RoomReplicas.start([ports], {
    ARCHIVE_EVENTS: 5,
    ARCHIVE_KEEP: 4,
    ARCHIVE_IDLE_MS: 400,
  });
  // Those that forget soon are not to see this room.
  await rooms.close();
  for (let number = 2; number <= 8; number++) await patient.say(room, ada, `line-number-${number}`);
  await vi.waitFor(async () => expect((await segments()).at(-1)?.at(-1)).toBe(8), WAIT);
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(5), WAIT);
  expect(await patient.say(room, ada, 'line-number-6')).toEqual({ seq: 6, duplicate: true });
  await patient.close();
});

it('archives full segments of a room in use, whose log keeps the newest events', async () => {
  await rooms.join(room, ada);
  await say(3, 20);
  await vi.waitFor(async () => expect((await segments()).at(-1)).toEqual([16, 20]), WAIT);
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(17), WAIT);
  expect(await seqs()).toEqual(range(20));
  // Known among those that are kept.
  expect(await rooms.say(room, ada, 'line-number-19')).toEqual({ seq: 19, duplicate: true });
});

it('waits for a store that is away, answers what the log has, and catches up by itself', async () => {
  await say(2, 8);
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(8), WAIT);
  away = true;
  await say(9, 12);
  const page = (bounds: object) => rooms.rpc.call('room.events', { roomId: room.id, limit: 4, ...bounds });
  expect((await page({})).events.map(({ seq }) => seq)).toEqual([9, 10, 11, 12]);
  expect(await rooms.ports.eventLog.first(room.id)).toBe(8);
  away = false;
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(12), WAIT);
  expect(await seqs()).toEqual(range(12));
});

it('says that older pages cannot be had while the store is away, unless they are in memory', async () => {
  await say(2, 8);
  await vi.waitFor(async () => expect(await rooms.ports.eventLog.first(room.id)).toBe(8), WAIT);
  away = true;
  const other = await RoomReplicas.start([{ ...rooms.ports, bus: new InProcessBus() }]);
  const page = (before?: number) =>
    other.rpc.call('room.events', { roomId: room.id, limit: 1, ...(before && { before }) });
  expect((await page()).events.map(({ seq }) => seq)).toEqual([8]);
  await expect(page(5)).rejects.toEqual(code('unavailable'));
  away = false;
  expect((await page(5)).events.map(({ seq }) => seq)).toEqual([4]);
  await other.close();
});

it('leaves nothing of a room that is deleted', async () => {
  await say(2, 8);
  await vi.waitFor(async () => expect(await segments()).toHaveLength(2), WAIT);
  await rooms.rpc.call('room.delete', { roomId: room.id, user: ada });
  await vi.waitFor(async () => {
    expect(await segments()).toEqual([]);
    expect(await rooms.ports.eventLog.head(room.id)).toBe(0);
  }, WAIT);
});
