import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import type { Room } from '@studio/contracts';
import { LogUnavailableError, openFileEventLog } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { openDiskObjectStore, StoreUnavailableError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RoomPorts } from './ports.ts';
import { deletionMetadata, deletionName } from './rooms/deletion-object.ts';
import { roomObjectName } from './rooms/room-object.ts';
import { code, decisions, person, RoomReplicas, WAIT } from './testing/room-replicas.fixture.ts';

const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
const FAST = { DELETION_SWEEP_MS: 100 };

let directory: string;
let eventLog: EventLog;
let objectStore: ObjectStore;
let ports: RoomPorts;
let rooms: RoomReplicas;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'room-crash-'));
  eventLog = await openFileEventLog(join(directory, 'events'));
  objectStore = await openDiskObjectStore(join(directory, 'objects'));
  const presence = new InProcessPresence();
  ports = { bus: new InProcessBus(), presence, leases: new InProcessLeases(), eventLog, objectStore };
  rooms = await RoomReplicas.start([ports], FAST);
});
afterEach(async () => {
  await rooms.close();
  await ports.bus.close();
  await eventLog.close();
  await rm(directory, { recursive: true });
});

/** The log, in which appending goes otherwise. */
function appending(append: EventLog['append']): EventLog {
  return {
    append,
    read: eventLog.read.bind(eventLog),
    head: eventLog.head.bind(eventLog),
    first: eventLog.first.bind(eventLog),
    trim: eventLog.trim.bind(eventLog),
    delete: eventLog.delete.bind(eventLog),
    close: eventLog.close.bind(eventLog),
  };
}

/** The service ends, and another one begins on other ports. */
async function restartOn(next: RoomPorts): Promise<void> {
  await rooms.close();
  rooms = await RoomReplicas.start([next], FAST);
}

it('tells what was decided by a process that died before it could: whoever repeats it mends it, once', async () => {
  const [settings, status, role, removal, owner] = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const room = await rooms.create(ada);
      await rooms.enter(room, bob);
      return room;
    }),
  );
  const decide = () =>
    Promise.allSettled([
      rooms.change(settings as Room, ada, { name: 'Bäume' }, '0'),
      rooms.setStatus(status as Room, ada, 'closed'),
      rooms.setRole(role as Room, ada, bob, 'moderator'),
      rooms.setMember(removal as Room, ada, bob, 'removed'),
      rooms.setRole(owner as Room, ada, bob, 'owner'),
    ]);
  const append = () => Promise.reject(new LogUnavailableError('the log is away'));
  await restartOn({ ...ports, eventLog: appending(append) });
  for (const one of await decide()) expect(one).toEqual({ status: 'rejected', reason: code('unavailable') });

  // What it had to say dies with it; the state is there.
  await restartOn(ports);
  const told = () =>
    Promise.all(
      [settings, status, role, removal, owner].map(async (room) =>
        decisions(await rooms.conversation(room as Room)),
      ),
    );
  expect(await told()).toEqual([[], [], [], [], []]);
  expect(await rooms.access(settings as Room, ada)).toMatchObject({ room: { name: 'Bäume' } });
  expect(await rooms.access(removal as Room, bob)).toMatchObject({ entry: 'removed' });
  expect(await rooms.access(owner as Room, bob)).toMatchObject({ role: 'owner' });
  for (let times = 0; times < 2; times++)
    for (const one of await decide()) expect(one.status).toBe('fulfilled');
  expect(await told()).toEqual([
    ['Ada: Name: Bäume (was Room)'],
    ['Ada: room.closed'],
    ['Ada: participant.role Bob moderator'],
    ['Ada: participant.removed Bob'],
    ['Ada: participant.role Bob owner', 'Ada: participant.role Ada moderator'],
  ]);
}, 30_000);

it('tells also what the next decision would have covered', async () => {
  const room = await rooms.create(ada);
  await rooms.enter(room, bob);
  const { stored, generation } = await read(room);
  // As a process leaves it that dies after it has written the room.
  const decision = {
    ...{ key: 'room.closed:of-who-died', at: Date.now(), by: { ...ada, kind: 'person' } },
    body: { type: 'room.closed' },
  };
  const data = new TextEncoder().encode(JSON.stringify({ ...stored, status: 'closed', decision }));
  const { metadata } = (await objectStore.get(roomObjectName(room.id))) ?? {};
  await objectStore.put(roomObjectName(room.id), data, { expect: generation, metadata: metadata ?? {} });
  await rooms.setStatus(room, ada, 'open');
  expect(decisions(await rooms.conversation(room))).toEqual(['Ada: room.closed', 'Ada: room.reopened']);
});

it('goes on with a deletion that died when the room was gone already, and not with one before that', async () => {
  const [gone, kept] = [await rooms.create(ada), await rooms.create(ada)];
  for (const { id: roomId } of [gone, kept]) {
    await rooms.join({ ...gone, id: roomId }, bob);
    const metadata = deletionMetadata({ roomId, by: { ...ada, kind: 'person' }, at: Date.now() });
    await objectStore.put(deletionName(roomId), new Uint8Array(), { metadata });
  }
  await objectStore.delete(roomObjectName(gone.id));
  await vi.waitFor(async () => expect(await objectStore.get(deletionName(gone.id))).toBeUndefined(), WAIT);
  expect(await eventLog.head(gone.id)).toBe(0);
  expect(await ports.presence.list(gone.id)).toEqual([]);
  for (const prefix of [`members/${gone.id}/`, `people/${ada.id}/${gone.id}`, `people/${bob.id}/${gone.id}`])
    expect((await objectStore.list(prefix, { limit: 10 })).objects).toEqual([]);
  expect(await rooms.access(kept, bob)).toMatchObject({ role: 'member', room: kept });
  expect(await objectStore.get(deletionName(kept.id))).toBeDefined();
});

it('goes on with the same room when one was being made for a key, and the process died', async () => {
  const key = `key-${ada.id}`;
  const create = () => rooms.rpc.call('room.create', { name: 'Room', visibility: 'link', owner: ada, key });
  let dying = true;
  const names: string[] = [];
  await restartOn({
    ...ports,
    objectStore: {
      get: objectStore.get.bind(objectStore),
      list: objectStore.list.bind(objectStore),
      delete: objectStore.delete.bind(objectStore),
      close: objectStore.close.bind(objectStore),
      put: async (name, ...rest) => {
        if (name.startsWith('rooms/')) names.push(name);
        const generation = await objectStore.put(name, ...rest);
        if (dying) throw new StoreUnavailableError('nobody hears that it is done');
        return generation;
      },
    },
  });
  await expect(create()).rejects.toEqual(code('unavailable'));
  dying = false;
  const room = await create();
  expect(new Set(names)).toEqual(new Set([roomObjectName(room.id)]));
  expect(await rooms.access(room, ada)).toMatchObject({ role: 'owner', room });
  expect(await rooms.conversation(room)).toHaveLength(1);
});

it('ends a deletion also behind one that cannot be ended', async () => {
  const both = [await rooms.create(ada), await rooms.create(ada)];
  // In the order in which deletions are listed.
  const [stuck, behind] = both.toSorted((one, other) => (one.id < other.id ? -1 : 1)) as [Room, Room];
  const refusing: EventLog = {
    read: eventLog.read.bind(eventLog),
    head: eventLog.head.bind(eventLog),
    first: eventLog.first.bind(eventLog),
    trim: eventLog.trim.bind(eventLog),
    append: eventLog.append.bind(eventLog),
    close: eventLog.close.bind(eventLog),
    delete: (log) =>
      log === stuck.id ? Promise.reject(new LogUnavailableError('it is broken')) : eventLog.delete(log),
  };
  await restartOn({ ...ports, eventLog: refusing });
  for (const { id: roomId } of [stuck, behind]) {
    const metadata = deletionMetadata({ roomId, by: { ...ada, kind: 'person' }, at: Date.now() });
    await objectStore.put(deletionName(roomId), new Uint8Array(), { metadata });
    await objectStore.delete(roomObjectName(roomId));
  }
  await vi.waitFor(async () => expect(await objectStore.get(deletionName(behind.id))).toBeUndefined(), WAIT);
  expect(await objectStore.get(deletionName(stuck.id))).toBeDefined();
});

it('ends the conversation of a room once that two processes delete at the same time', async () => {
  const room = await rooms.create(ada);
  const remove = () => rooms.rpc.call('room.delete', { roomId: room.id, user: ada });
  const bus = new InProcessBus();
  let others: Promise<unknown> | undefined;
  const overtaken = appending(async (log, head, key, data) => {
    if (key === 'room.deleted') await (others ??= remove());
    return eventLog.append(log, head, key, data);
  });
  const slow = await RoomReplicas.start([{ ...ports, bus, eventLog: overtaken }]);
  const [told, toldBySlow] = [await rooms.listen(room), await slow.listen(room)];
  await slow.rpc.call('room.delete', { roomId: room.id, user: ada });
  expect(others).toBeDefined();
  await vi.waitFor(() => expect(decisions(told.events)).toEqual(['Ada: room.closed']), WAIT);
  expect(await eventLog.head(room.id)).toBe(0);
  await slow.close();
  await bus.close();
  expect(toldBySlow.events).toEqual([]);
});

it('acknowledges nothing in a room that another process has deleted', async () => {
  const room = await rooms.create(ada);
  const bus = new InProcessBus();
  const other = await RoomReplicas.start([{ ...ports, bus }]);
  await other.say(room, ada, 'said-in-time');
  await rooms.rpc.call('room.delete', { roomId: room.id, user: ada });
  // The other one takes the room for open for some seconds.
  await expect(other.say(room, ada, 'said-too-late')).rejects.toEqual(code('not_found'));
  expect(await eventLog.head(room.id)).toBe(0);
  await other.close();
  await bus.close();
});

it('deletes a room while its storage fails in between, and ends with nothing left', async () => {
  const room = await rooms.create(ada);
  await rooms.join(room, eve);
  let failing = true;
  const failingStore: ObjectStore = {
    get: objectStore.get.bind(objectStore),
    put: objectStore.put.bind(objectStore),
    list: objectStore.list.bind(objectStore),
    close: objectStore.close.bind(objectStore),
    delete: (name, expected) =>
      failing && !name.startsWith('rooms/')
        ? Promise.reject(new StoreUnavailableError('the store is away'))
        : objectStore.delete(name, expected),
  };
  await restartOn({ ...ports, objectStore: failingStore });
  await rooms.rpc.call('room.delete', { roomId: room.id, user: ada });
  await expect(rooms.access(room, ada)).rejects.toEqual(code('not_found'));
  expect((await objectStore.list(`members/${room.id}/`, { limit: 10 })).objects).toHaveLength(2);
  failing = false;
  await vi.waitFor(async () => {
    for (const prefix of [`members/${room.id}/`, `people/${eve.id}/`, deletionName(room.id)])
      expect((await objectStore.list(prefix, { limit: 10 })).objects).toEqual([]);
  }, WAIT);
});

async function read(room: Room): Promise<{ stored: object; generation: string }> {
  const object = await objectStore.get(roomObjectName(room.id));
  if (object === undefined) throw new Error('there is no such room');
  return {
    stored: JSON.parse(new TextDecoder().decode(object.data)) as object,
    generation: object.generation,
  };
}
