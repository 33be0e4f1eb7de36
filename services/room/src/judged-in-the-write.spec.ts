import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import type { Room } from '@studio/contracts';
import { openFileEventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memberObjectName } from './membership/member-object.ts';
import { roomObjectName } from './rooms/room-object.ts';
import { code, person, RoomReplicas } from './testing/room-replicas.fixture.ts';

const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];

let directory: string;
let rooms: RoomReplicas;
let room: Room;
/** Done once before the object of this name is written or removed next. */
let before: { name: string; action: () => Promise<unknown> } | undefined;

async function meanwhile(name: string): Promise<void> {
  if (before?.name !== name) return;
  const { action } = before;
  before = undefined;
  await action();
}

function overtaken(store: ObjectStore): ObjectStore {
  return {
    get: store.get.bind(store),
    list: store.list.bind(store),
    close: store.close.bind(store),
    put: async (name, ...rest) => {
      await meanwhile(name);
      return store.put(name, ...rest);
    },
    delete: async (name, ...rest) => {
      await meanwhile(name);
      await store.delete(name, ...rest);
    },
  };
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'room-judged-'));
  rooms = await RoomReplicas.start([
    {
      ...{ bus: new InProcessBus(), presence: new InProcessPresence(), leases: new InProcessLeases() },
      eventLog: await openFileEventLog(join(directory, 'events')),
      objectStore: overtaken(await openDiskObjectStore(join(directory, 'objects'))),
    },
  ]);
  room = await rooms.create(ada);
  await rooms.admitAs(room, ada, bob, 'moderator');
  await rooms.enter(room, eve);
});
afterEach(async () => {
  await rooms.close();
  await rooms.ports.bus.close();
  await rooms.ports.eventLog.close();
  await rm(directory, { recursive: true });
});

const demoted = () => rooms.setRole(room, ada, bob, 'member');

it('refuses a change of the room by a moderator who is none any more when it comes to the write', async () => {
  const live = { roomId: room.id, user: bob };
  const changes: (() => Promise<unknown>)[] = [
    () => rooms.change(room, bob, { name: 'By Bob' }),
    () => rooms.setLive(room, bob, { voice: 'Kore' }),
    () => rooms.rpc.call('room.invite', { ...live, role: 'member', expiresAt: null }),
  ];
  for (const [turn, change] of changes.entries()) {
    await rooms.setRole(room, ada, bob, 'moderator');
    before = {
      name: roomObjectName(room.id),
      action: async () => {
        await demoted();
        await rooms.change(room, ada, { name: `By Ada ${turn}` });
      },
    };
    await expect(change()).rejects.toEqual(code('forbidden'));
    expect(await rooms.access(room, ada)).toMatchObject({ room: { name: `By Ada ${turn}`, status: 'open' } });
  }
  expect(await rooms.rpc.call('room.invites', { roomId: room.id, userId: ada.id })).toMatchObject({
    invites: [],
  });
});

it('refuses a decision about a member by a moderator who is none any more when it comes to the write', async () => {
  const changes: (() => Promise<unknown>)[] = [
    () => rooms.setRole(room, bob, eve, 'viewer'),
    () => rooms.setMember(room, bob, eve, 'removed'),
  ];
  for (const change of changes) {
    await rooms.setRole(room, ada, bob, 'moderator');
    await rooms.setRole(room, ada, eve, 'member');
    before = {
      name: memberObjectName(room.id, eve.id),
      action: async () => {
        await demoted();
        await rooms.setRole(room, ada, eve, 'viewer');
      },
    };
    await expect(change()).rejects.toEqual(code('forbidden'));
  }
  expect(await rooms.access(room, eve)).toMatchObject({ role: 'viewer' });
});

it('neither closes nor deletes a room for somebody who has handed it over when it comes to that', async () => {
  before = { name: roomObjectName(room.id), action: () => rooms.setRole(room, ada, bob, 'owner') };
  await expect(rooms.setStatus(room, ada, 'closed')).rejects.toEqual(code('forbidden'));
  before = { name: roomObjectName(room.id), action: () => rooms.setRole(room, bob, ada, 'owner') };
  const late = rooms.rpc.call('room.delete', { roomId: room.id, user: bob });
  await expect(late).rejects.toEqual(code('forbidden'));
  expect(await rooms.access(room, ada)).toMatchObject({ role: 'owner', room: { status: 'open' } });
});
