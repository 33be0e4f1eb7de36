import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import type { Room } from '@studio/contracts';
import { openFileEventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { segmentOf, segmentPrefix } from '../archive/segment.ts';
import { person, RoomReplicas, WAIT } from '../testing/room-replicas.fixture.ts';
import { cutoffOf, dayOf } from './retention-period.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const ada = person('Ada');
let directory: string;
let ahead: number;
let rooms: RoomReplicas;

const start = async (settings: { RETENTION_MAX_DAYS?: number } = {}) => {
  const ports = {
    ...{ bus: new InProcessBus(), presence: new InProcessPresence(), leases: new InProcessLeases() },
    eventLog: await openFileEventLog(join(directory, 'events')),
    objectStore: await openDiskObjectStore(join(directory, 'objects')),
  };
  const archive = { ARCHIVE_EVENTS: 4, ARCHIVE_KEEP: 3, ARCHIVE_IDLE_MS: 300, RETENTION_SWEEP_MS: 100 };
  rooms = await RoomReplicas.start([ports], { ...archive, ...settings }, () => Date.now() + ahead);
};

beforeEach(async () => {
  ahead = 0;
  directory = await mkdtemp(join(tmpdir(), 'room-retention-'));
});
afterEach(async () => {
  await rooms.close();
  await rooms.ports.bus.close();
  await rooms.ports.eventLog.close();
  await rm(directory, { recursive: true });
});

const say = async (room: Room, from: number, to: number) => {
  for (let number = from; number <= to; number++) await rooms.say(room, ada, `line-number-${number}`);
};
const segments = async (room: Room) => {
  const { objects } = await rooms.ports.objectStore.list(segmentPrefix(room.id), { limit: 100 });
  return objects.map((object) => segmentOf(object)).map((segment) => [segment?.first, segment?.last]);
};
const page = (room: Room) => rooms.rpc.call('room.events', { roomId: room.id, after: 0, limit: 100 });

it('deletes what is older than the room wants: segments, a part of one, and entries of the log', async () => {
  await start();
  const room = await rooms.create(ada);
  await rooms.rpc.call('room.change', { roomId: room.id, user: ada, change: { retentionDays: 2 } });
  await say(room, 3, 6);
  ahead = DAY_MS * 1.5;
  await say(room, 7, 10);
  await vi.waitFor(async () => expect((await segments(room)).at(-1)).toEqual([9, 10]), WAIT);
  expect((await page(room)).events).toHaveLength(10);
  ahead = DAY_MS * 3;
  await vi.waitFor(async () => expect((await segments(room))[0]).toEqual([7, 8]), WAIT);
  const { events, first, head } = await page(room);
  expect(events.map(({ seq }) => seq)).toEqual([7, 8, 9, 10]);
  expect({ first, head }).toEqual({ first: 7, head: 10 });
});

it('puts an event that says so in the place of a conversation that is too old altogether, once', async () => {
  await start({ RETENTION_MAX_DAYS: 1 });
  const room = await rooms.create(ada);
  await say(room, 2, 6);
  ahead = DAY_MS * 2;
  await vi.waitFor(async () => {
    const { events } = await page(room);
    expect(events).toMatchObject([{ seq: 7, actor: { id: ada.id }, body: { type: 'conversation.expired' } }]);
  }, WAIT);
  ahead = DAY_MS * 9;
  await vi.waitFor(async () => expect(await segments(room)).toEqual([[7, 7]]), WAIT);
  expect((await page(room)).events.map(({ seq }) => seq)).toEqual([7]);
  expect(await rooms.join(room, ada)).toMatchObject({ first: 7, head: 8 });
  await say(room, 9, 9);
  expect((await page(room)).events.map(({ seq }) => seq)).toEqual([7, 8, 9]);
});

it('keeps for the shorter of what the room wants and what the studio allows', () => {
  expect(cutoffOf(DAY_MS * 100, null, undefined)).toBeUndefined();
  expect(cutoffOf(DAY_MS * 100, 10, undefined)).toBe(DAY_MS * 90);
  expect(cutoffOf(DAY_MS * 100, null, 20)).toBe(DAY_MS * 80);
  expect(cutoffOf(DAY_MS * 100, 10, 20)).toBe(DAY_MS * 90);
  expect(cutoffOf(DAY_MS * 100, 30, 20)).toBe(DAY_MS * 80);
  expect(dayOf(Date.UTC(2026, 8, 30, 23, 59))).toBe('20260930');
});
