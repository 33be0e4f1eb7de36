import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEW_ROOM, newId } from '@studio/contracts';
import type { Member, Room } from '@studio/contracts';
import { DiskObjectStore } from '@studio/object-store';
import { createLogger } from '@studio/platform';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { newRoomId } from '../rooms/room-id.ts';
import { newStored } from '../rooms/room-object.ts';
import { memberObjectName } from './member-object.ts';
import { Members } from './members.ts';
import { personalPrefix, personalRoomOf } from './personal-room.ts';
import { PersonalRooms } from './personal-rooms.ts';

const MEMBERS = 40;
const createdAt = 1_790_000_000_000;
const people = Array.from({ length: MEMBERS }, () => newId());
const [eve = ''] = people;

let path: string;
let store: DiskObjectStore;
let directory: RoomDirectory;
let members: Members;
let personal: PersonalRooms;
let room: Room;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'personal-rooms-'));
  store = new DiskObjectStore(path);
  await store.prepare();
  const logger = createLogger('room', { level: 'silent' });
  directory = new RoomDirectory(store, logger);
  members = new Members(store);
  personal = new PersonalRooms(directory, members, store, logger);
  room = {
    ...{ id: newRoomId(createdAt), name: 'Room', ownerId: newId(), ownerName: 'Ada', visibility: 'link' },
    ...{ status: 'open', createdAt, ...NEW_ROOM },
  };
  await directory.add(newStored(room));
  for (const id of people) await members.add(room.id, memberOf(id));
});
afterEach(() => rm(path, { recursive: true }));

function memberOf(id: string): Member {
  return { id, name: 'Eve', role: 'member', state: 'member', since: createdAt };
}

async function listOf(id: string) {
  const { objects } = await store.list(personalPrefix(id), { limit: 10 });
  return objects.map((object) => personalRoomOf(object));
}

const named = (revision: number) => ({ ...newStored(room), revision, name: `Name ${revision}` });

it('shows many changes of a room to all its members at most twice: those that come meanwhile at once', async () => {
  const put = vi.spyOn(store, 'put');
  for (let revision = 1; revision <= 30; revision++) personal.refreshAll(named(revision));
  await personal.beforeApplicationShutdown();
  expect(put.mock.calls.length).toBeLessThanOrEqual(2 * (MEMBERS + 1));
  for (const id of people) expect(await listOf(id)).toMatchObject([{ name: 'Name 30' }]);
});

it('does not put a room back into the list of somebody who was put out while it was shown to all', async () => {
  const name = memberObjectName(room.id, eve);
  const list = store.list.bind(store);
  vi.spyOn(store, 'list').mockImplementationOnce(async (...request) => {
    const listed = await list(...request);
    await members.update(room.id, eve, (kept) => ({ ...kept, state: 'removed' }));
    personal.refresh(room.id, eve);
    return listed;
  });
  personal.refreshAll(named(1));
  await personal.beforeApplicationShutdown();
  expect(await store.get(name)).toBeDefined();
  expect(await listOf(eve)).toEqual([]);
});
