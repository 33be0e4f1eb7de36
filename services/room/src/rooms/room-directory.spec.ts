import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEW_ROOM, newId, StudioError } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { DiskObjectStore } from '@studio/object-store';
import { createLogger } from '@studio/platform';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RoomDirectory } from './room-directory.ts';
import { newRoomId } from './room-id.ts';
import { newStored, roomMetadata, roomObjectName } from './room-object.ts';
import type { StoredRoom } from './room-object.ts';

const ownerId = newId();
const somebody = newId();
let path: string;
let store: DiskObjectStore;
let directory: RoomDirectory;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'room-directory-'));
  store = new DiskObjectStore(path);
  await store.prepare();
  directory = new RoomDirectory(store, createLogger('room', { level: 'silent' }));
});
afterEach(() => rm(path, { recursive: true }));

function room(createdAt: number, visibility: Room['visibility'] = 'listed'): Room {
  const id = newRoomId(createdAt);
  return { id, name: 'Room', ownerId, ownerName: 'Ada', visibility, status: 'open', createdAt, ...NEW_ROOM };
}

it('lists by listing alone: one call of the store for a page, and no object is read', async () => {
  const rooms = Array.from({ length: 12 }, (_, number) => room(1_790_000_000_000 - number));
  await Promise.all(rooms.toReversed().map((one) => directory.add(newStored(one))));
  const [list, get] = [vi.spyOn(store, 'list'), vi.spyOn(store, 'get')];
  const first = await directory.listOpen({ userId: somebody, limit: 5 });
  expect(first).toEqual({ rooms: rooms.slice(0, 5), next: rooms[4]?.id });
  expect([list.mock.calls.length, get.mock.calls.length]).toEqual([1, 0]);
  const last = await directory.listOpen({ userId: somebody, limit: 10, cursor: first.next });
  expect(last).toEqual({ rooms: rooms.slice(5) });
});

it('reads one object for one room', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  const get = vi.spyOn(store, 'get');
  expect(await directory.get(one.id)).toEqual(one);
  expect(get).toHaveBeenCalledTimes(1);
});

it('passes over what is not a room', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  await store.put('rooms/-first.txt', new Uint8Array());
  await store.put('rooms/zlast.txt', new Uint8Array());
  expect(await directory.listOpen({ userId: somebody, limit: 5 })).toEqual({ rooms: [one] });
});

it('never writes over a room', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  await expect(directory.add(newStored({ ...one, name: 'Another' }))).rejects.toThrow();
  expect(await directory.get(one.id)).toEqual(one);
});

it('lists once for a page also where most rooms are not shown, and goes on from there with the next', async () => {
  const listed = room(1);
  const summaries = Array.from({ length: 5_000 }, (_, number) => room(1_790_000_000_000 - number, 'link'));
  const objects = [...summaries, listed].map((one) => ({
    name: roomObjectName(one.id),
    generation: '1',
    metadata: roomMetadata(one),
  }));
  const list = vi.spyOn(store, 'list').mockImplementation(async (_prefix, { limit, after }) => {
    const start = after === undefined ? 0 : objects.findIndex(({ name }) => name === after) + 1;
    const shown = objects.slice(start, start + limit);
    const next = start + limit < objects.length ? shown.at(-1)?.name : undefined;
    return { objects: shown, ...(next === undefined ? {} : { next }) };
  });
  const pages: Room[][] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await directory.listOpen({ userId: somebody, limit: 200, cursor });
    pages.push(page.rooms);
    cursor = page.next;
  }
  expect(pages.flat()).toEqual([listed]);
  expect(list).toHaveBeenCalledTimes(pages.length);
  // It looks at more of them as soon as it has seen that.
  expect(pages.length).toBeLessThan(8);
});

it('lists open rooms only', async () => {
  const open = room(1_790_000_000_000);
  await directory.add(newStored(open));
  await directory.add(newStored({ ...room(1_790_000_000_001), status: 'closed' }));
  expect(await directory.listOpen({ userId: ownerId, limit: 5 })).toEqual({ rooms: [open] });
});

it('changes a room once for each of many who change it at the same time', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  const more = () =>
    directory.update(one.id, (stored) => ({ ...stored, revision: stored.revision + 1, name: 'Changed' }));
  await Promise.all(Array.from({ length: 8 }, more));
  expect(await directory.load(one.id)).toMatchObject({ revision: 8, name: 'Changed' });
});

it('does not remove a room that has become that of somebody else meanwhile', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  const onlyOwner = async (stored: StoredRoom): Promise<void> => {
    if (stored.ownerId !== ownerId) throw new StudioError('forbidden', 'It is not yours.');
    await directory.update(one.id, (now) => ({ ...now, ownerId: somebody }));
  };
  await expect(directory.remove(one.id, onlyOwner)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await directory.get(one.id)).toMatchObject({ ownerId: somebody });
});

it('does not change a room that is gone, and knows it no more', async () => {
  const one = room(1_790_000_000_000);
  await directory.add(newStored(one));
  const anybody = () => Promise.resolve();
  await directory.remove(one.id, anybody);
  await directory.remove(one.id, anybody);
  const gone = { code: 'not_found' };
  await expect(directory.update(one.id, (stored) => stored)).rejects.toMatchObject(gone);
  await expect(directory.getOpenRecently(one.id)).rejects.toMatchObject(gone);
});
