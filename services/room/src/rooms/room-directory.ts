import { Inject, Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { LOGGER, OBJECT_STORE } from '../ports.ts';
import type { Change } from '../change.ts';
import { idCursor } from './id-cursor.ts';
import { RecentRooms } from './recent-rooms.ts';
import {
  decodeStoredRoom,
  encodeRoom,
  ROOM_PREFIX,
  roomMetadata,
  roomObjectName,
  roomOf,
  roomOfSummary,
} from './room-object.ts';
import type { StoredRoom } from './room-object.ts';

/** An append may pass for this long after another replica has closed the room. */
const RECENT_MS = 5_000;
const RECENT_ROOMS = 1_000;
/** Rooms looked at for one page; a page over more unlisted ones than that comes back shorter, with a cursor. */
const LARGEST_SCAN = 2_000;
/** Rooms of one call of the store, when all are wanted. */
const LARGEST_PAGE = 998;
/** How often a change is tried while others change the same room. */
const MOST_TRIES = 20;

/** Room metadata: one object per room, written with generation preconditions. */
@Injectable()
export class RoomDirectory {
  private readonly recent = new RecentRooms(RECENT_ROOMS, RECENT_MS);

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async add(stored: StoredRoom): Promise<void> {
    await this.store.put(roomObjectName(stored.id), encodeRoom(stored), {
      expect: ABSENT,
      metadata: roomMetadata(stored),
    });
    this.recent.put(roomOf(stored), Date.now());
  }

  /** The room as it is now. @throws StudioError not_found */
  async get(id: RoomId): Promise<Room> {
    return roomOf(await this.load(id));
  }

  /** Everything that is kept of the room. @throws StudioError not_found */
  async load(id: RoomId): Promise<StoredRoom> {
    return (await this.read(id)).stored;
  }

  /**
   * Makes of the room what `change` makes of it, and resolves with that. `change` is asked again when somebody else has written meanwhile;
   * undefined: nothing is to be written. Whether that may be done at all is judged in there too: in the same step in which is read what is
   * to be changed.
   * @throws StudioError not_found, unavailable, and what `change` throws
   */
  async update(id: RoomId, change: Change<StoredRoom>): Promise<StoredRoom> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { stored, generation } = await this.read(id);
      const next = await change(stored);
      if (next === undefined) return stored;
      try {
        const options = { expect: generation, metadata: roomMetadata(next) };
        await this.store.put(roomObjectName(id), encodeRoom(next), options);
        this.recent.put(roomOf(next), Date.now());
        return next;
      } catch (error) {
        if (!(error instanceof PreconditionFailedError)) throw error;
      }
    }
    throw tooMany();
  }

  /**
   * From now on there is no such room, if `judge` does not throw, which is asked again when somebody has changed the room meanwhile.
   * Nothing happens when there is none.
   * @throws StudioError unavailable, and what `judge` throws
   */
  async remove(id: RoomId, judge: (stored: StoredRoom) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const found = await this.find(id);
      if (found === undefined) return;
      const { stored, generation } = found;
      await judge(stored);
      try {
        await this.store.delete(roomObjectName(id), generation);
        this.recent.delete(id);
        return;
      } catch (error) {
        if (!(error instanceof PreconditionFailedError)) throw error;
      }
    }
    throw tooMany();
  }

  /** The room as it is now. @throws StudioError not_found, closed */
  async getOpen(id: RoomId): Promise<Room> {
    return open(await this.get(id));
  }

  /** Like {@link getOpen}, of what was read in the last 5 s: for the hot path. */
  async getOpenRecently(id: RoomId): Promise<Room> {
    return open(this.recent.get(id, Date.now()) ?? (await this.get(id)));
  }

  /** Open rooms that a person may find, newest first. The cursor is the id after which to go on. @throws StudioError invalid */
  async listOpen(request: Omit<RpcRequest<'room.list'>, 'scope'>): Promise<RpcResponse<'room.list'>> {
    const { userId, limit } = request;
    const cursor = idCursor(request.cursor);
    const rooms: Room[] = [];
    let seen = 0;
    let last = cursor;
    for await (const room of this.newestFirst(cursor, limit + 1)) {
      if (last !== undefined && (rooms.length === limit || seen === LARGEST_SCAN))
        return { rooms, next: last };
      seen++;
      last = room.id;
      if (room.status === 'open' && (room.visibility === 'listed' || room.ownerId === userId))
        rooms.push(room);
    }
    return { rooms };
  }

  /** All rooms, newest first, by listing alone. */
  all(): AsyncGenerator<Room> {
    return this.newestFirst(undefined, LARGEST_PAGE);
  }

  private async read(id: RoomId): Promise<{ stored: StoredRoom; generation: string }> {
    const found = await this.find(id);
    if (found === undefined) throw new StudioError('not_found', 'There is no such room.');
    return found;
  }

  private async find(id: RoomId): Promise<{ stored: StoredRoom; generation: string } | undefined> {
    const object = await this.store.get(roomObjectName(id));
    if (object === undefined) return undefined;
    const stored = decodeStoredRoom(object.data);
    this.recent.put(roomOf(stored), Date.now());
    return { stored, generation: object.generation };
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

function tooMany(): StudioError {
  return new StudioError('unavailable', 'Too many change this room at the same time. Try again.');
}

function open(room: Room): Room {
  if (room.status !== 'open') throw new StudioError('closed', 'This room is closed.');
  return room;
}
