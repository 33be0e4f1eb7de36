import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import { newId } from '@studio/contracts';
import { LogUnavailableError, openFileEventLog } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { StoreUnavailableError, openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { comingsAndGoings, NOTHING_ON, person, RoomReplicas } from './testing/room-replicas.fixture.ts';

let directory: string;
let fileLog: EventLog;
let away: boolean;
/** The object store answers nothing. */
let objectsAway: boolean;
let rooms: RoomReplicas;

/** The log, which cannot be written while `away`. */
function interruptible(): EventLog {
  return {
    append: (...args) =>
      away ? Promise.reject(new LogUnavailableError('the log is away')) : fileLog.append(...args),
    read: (...args) => fileLog.read(...args),
    head: (...args) => fileLog.head(...args),
    first: (...args) => fileLog.first(...args),
    trim: (...args) => fileLog.trim(...args),
    delete: (...args) => fileLog.delete(...args),
    close: () => fileLog.close(),
  };
}

function interruptibleObjects(store: ObjectStore): ObjectStore {
  const reach = <T>(ask: () => Promise<T>): Promise<T> =>
    objectsAway ? Promise.reject(new StoreUnavailableError('the object store is away')) : ask();
  return {
    get: (...args) => reach(() => store.get(...args)),
    put: (...args) => reach(() => store.put(...args)),
    delete: (...args) => reach(() => store.delete(...args)),
    list: (...args) => reach(() => store.list(...args)),
    close: () => store.close(),
  };
}

beforeEach(async () => {
  away = false;
  objectsAway = false;
  directory = await mkdtemp(join(tmpdir(), 'room-service-'));
  fileLog = await openFileEventLog(join(directory, 'events'));
  const ports = {
    ...{ bus: new InProcessBus(), presence: new InProcessPresence(), leases: new InProcessLeases() },
    ...{
      eventLog: interruptible(),
      objectStore: interruptibleObjects(await openDiskObjectStore(join(directory, 'objects'))),
    },
  };
  rooms = await RoomReplicas.start([ports]);
});
afterEach(async () => {
  await rooms.close();
  await rooms.ports.bus.close();
  await fileLog.close();
  await rm(directory, { recursive: true });
});

it('catches up with who came and went while the log was away, once and in order', async () => {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  const room = await rooms.create(ada);
  const [ofBob, ofAda] = [newId(), newId()];
  await rooms.join(room, bob, ofBob);
  await rooms.join(room, ada, ofAda);
  const published = await rooms.listen(room);

  away = true;
  await Promise.all([
    rooms.leave(room, ofBob),
    expect(rooms.join(room, eve)).rejects.toMatchObject({ code: 'unavailable' }),
    expect(rooms.say(room, eve, 'said-in-vain')).rejects.toMatchObject({ code: 'unavailable' }),
  ]);
  // The others are told at once who is gone, whatever the log does.
  expect(published.signals).toContainEqual({ type: 'participant.gone', participantId: bob.id });
  expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Bob', '+Ada']);

  away = false;
  await vi.waitFor(
    async () =>
      expect(comingsAndGoings(await rooms.conversation(room)).toSorted()).toEqual([
        ...['+Ada', '+Bob', '+Eve', '-Ada lost', '-Bob left', '-Eve lost'],
      ]),
    { timeout: 10_000, interval: 50 },
  );
  const lines = comingsAndGoings(await rooms.conversation(room));
  expect(lines.indexOf('+Eve')).toBeLessThan(lines.indexOf('-Eve lost'));
  expect(comingsAndGoings(published.events)).toEqual(lines.slice(2));
});

it('tells a change of the settings when the log is back, and takes its repetition for the same change', async () => {
  const ada = person('Ada');
  const room = await rooms.create(ada);
  const { version } = await rooms.rpc.call('room.live', { roomId: room.id });
  const told = async () =>
    (await rooms.conversation(room)).flatMap(({ body }) =>
      body.type === 'live.settings' ? body.changes : [],
    );

  away = true;
  const set = () => rooms.setLive(room, ada, { voice: 'Kore' }, version);
  await expect(set()).rejects.toMatchObject({ code: 'unavailable' });
  // It was kept, whatever the log says: whoever tries again is not told that somebody else was faster.
  expect((await rooms.rpc.call('room.live', { roomId: room.id })).settings.voice).toBe('Kore');
  away = false;
  await set();
  expect(await told()).toEqual(['Voice: Kore (was that of the studio)']);
  await rooms.setLive(room, ada, { voice: 'Puck' });
  expect(await told()).toHaveLength(2);
});

it('goes on in rooms that are known while the object store is away, and makes none', async () => {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  const room = await rooms.create(ada);
  await rooms.join(room, bob);

  objectsAway = true;
  await rooms.say(room, bob, 'said-meanwhile');
  expect(await rooms.rpc.call('room.enter', { roomId: room.id, user: bob })).toMatchObject({
    ...{ state: 'admitted', role: 'member' },
  });
  expect(await rooms.join(room, bob)).toMatchObject({ room: { id: room.id }, role: 'member' });
  const refused = { code: 'unavailable' };
  await expect(rooms.create(ada)).rejects.toMatchObject(refused);
  await expect(rooms.rpc.call('room.enter', { roomId: room.id, user: eve })).rejects.toMatchObject(refused);

  objectsAway = false;
  // What is not known is not asked for within a second.
  await vi.waitFor(() => rooms.join(room, eve), { timeout: 5_000 });
  await rooms.create(ada);
});

it('says who came and went although the process died that had noted it', async () => {
  const ada = person('Ada');
  const room = await rooms.create(ada);
  const { presence } = rooms.ports;
  const details = { name: 'Ada', role: 'owner', media: NOTHING_ON };
  const connection = { roomId: room.id, connectionId: newId(), participantId: ada.id, details };
  // As a process does that ends right behind it.
  await presence.join({ ...connection, announced: true }, 60_000);
  await presence.leave(room.id, connection.connectionId);
  await vi.waitFor(
    async () => expect(comingsAndGoings(await rooms.conversation(room))).toEqual(['+Ada', '-Ada left']),
    { timeout: 5_000 },
  );
  expect(await presence.unsettled(room.id)).toEqual([]);
});

it('says of those who were inside when presence was lost with its process that they were lost, once', async () => {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  const room = await rooms.create(ada);
  for (const one of [ada, bob, eve]) await rooms.join(room, one);
  // As after the restart of a studio that is one process.
  await rooms.ports.presence.erase(room.id);
  await Promise.all([rooms.join(room, ada), rooms.join(room, bob)]);
  const lines = comingsAndGoings(await rooms.conversation(room));
  expect(lines.slice(0, 3)).toEqual(['+Ada', '+Bob', '+Eve']);
  expect(lines.slice(3).toSorted()).toEqual(['+Ada', '+Bob', '-Ada lost', '-Bob lost', '-Eve lost']);
  for (const name of ['Ada', 'Bob'])
    expect(lines.lastIndexOf(`+${name}`)).toBeGreaterThan(lines.indexOf(`-${name} lost`));
});
