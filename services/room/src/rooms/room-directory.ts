import { Inject, Injectable } from '@nestjs/common';
import { Id, StudioError } from '@studio/contracts';
import type { Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore, StoredObject } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { LOGGER, OBJECT_STORE } from '../ports.ts';
import { RecentRooms } from './recent-rooms.ts';
import {
  decodeRoom,
  decodeStoredRoom,
  encodeRoom,
  ROOM_PREFIX,
  roomMetadata,
  roomObjectName,
  roomOfSummary,
} from './room-object.ts';
import type { StoredRoom } from './room-object.ts';

/** An append may pass for this long after another replica has closed the room. */
const RECENT_MS = 5_000;
const RECENT_ROOMS = 1_000;
/** Rooms looked at for one page; a page over more unlisted ones than that comes back shorter, with a cursor. */
const LARGEST_SCAN = 2_000;

/** Room metadata: one object per room, written with generation preconditions. */
@Injectable()
export class RoomDirectory {
  private readonly recent = new RecentRooms(RECENT_ROOMS, RECENT_MS);

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async add(room: Room): Promise<void> {
    await this.store.put(roomObjectName(room.id), encodeRoom(room), {
      expect: ABSENT,
      metadata: roomMetadata(room),
    });
    this.recent.put(room, Date.now());
  }

  /** The room as it is now. @throws StudioError not_found */
  async get(id: RoomId): Promise<Room> {
    const room = decodeRoom((await this.read(id)).data);
    this.recent.put(room, Date.now());
    return room;
  }

  /** Everything that is kept of the room, and the version that {@link save} wants. @throws StudioError not_found */
  async load(id: RoomId): Promise<{ stored: StoredRoom; version: string }> {
    const { data, generation } = await this.read(id);
    return { stored: decodeStoredRoom(data), version: generation };
  }

  /** Writes the room where it is still in that version, and resolves with the next one; undefined when it is not. */
  async save(stored: StoredRoom, version: string): Promise<string | undefined> {
    const options = { expect: version, metadata: roomMetadata(stored) };
    try {
      return await this.store.put(roomObjectName(stored.id), encodeRoom(stored), options);
    } catch (error) {
      if (error instanceof PreconditionFailedError) return undefined;
      throw error;
    }
  }

  /** The room as it is now. @throws StudioError not_found, closed */
  async getOpen(id: RoomId): Promise<Room> {
    return open(await this.get(id));
  }

  /** Like {@link getOpen}, of what was read in the last 5 s: for the hot path. */
  async getOpenRecently(id: RoomId): Promise<Room> {
    return open(this.recent.get(id, Date.now()) ?? (await this.get(id)));
  }

  /** Rooms that a person may find, newest first. The cursor is the id after which to go on. */
  async list({ userId, cursor, limit }: RpcRequest<'room.list'>): Promise<RpcResponse<'room.list'>> {
    if (cursor !== undefined && !Id.safeParse(cursor).success)
      throw new StudioError('invalid', 'This cursor is not one of ours.');
    const rooms: Room[] = [];
    let seen = 0;
    let last = cursor;
    for await (const room of this.newestFirst(cursor, limit + 1)) {
      if (last !== undefined && (rooms.length === limit || seen === LARGEST_SCAN))
        return { rooms, next: last };
      seen++;
      last = room.id;
      if (room.visibility === 'listed' || room.ownerId === userId) rooms.push(room);
    }
    return { rooms };
  }

  private async read(id: RoomId): Promise<StoredObject> {
    const object = await this.store.get(roomObjectName(id));
    if (object === undefined) throw new StudioError('not_found', 'There is no such room.');
    return object;
  }

  /** All rooms after the one with the id, read by listing alone, `atOnce` of them with each call. */
  private async *newestFirst(after: RoomId | undefined, atOnce: number): AsyncGenerator<Room> {
    let next = after === undefined ? undefined : roomObjectName(after);
    do {
      const page = await this.store.list(ROOM_PREFIX, {
        limit: atOnce,
        ...(next === undefined ? {} : { after: next }),
      });
      for (const object of page.objects) {
        const room = roomOfSummary(object);
        if (room !== undefined) yield room;
        else this.logger.warn({ object: object.name }, 'an object among the rooms is not a room');
      }
      next = page.next;
    } while (next !== undefined);
  }
}

function open(room: Room): Room {
  if (room.status !== 'open') throw new StudioError('closed', 'This room is closed.');
  return room;
}
