import { Inject, Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore, ObjectSummary } from '@studio/object-store';
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
/** Rooms of one call of the store, at most. */
const LARGEST_PAGE = 998;
/** How often a change is tried while others change the same room. */
const MOST_TRIES = 20;

/** Room metadata: one object per room, written with generation preconditions. */
@Injectable()
export class RoomDirectory {
  private readonly recent = new RecentRooms(RECENT_ROOMS, RECENT_MS);
  /** About how many rooms are looked at for one that is shown, as the last pages have told. */
  private perShown = 1;

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

  /**
   * Open rooms that a person may find, newest first: one call of the store for a page. Where most rooms are not shown a page may be shorter
   * than `limit`, or empty, and has a cursor all the same: the id after which to go on.
   * @throws StudioError invalid
   */
  async listOpen(request: Omit<RpcRequest<'room.list'>, 'scope'>): Promise<RpcResponse<'room.list'>> {
    const { userId, limit } = request;
    const cursor = idCursor(request.cursor);
    const atOnce = Math.min(LARGEST_PAGE, Math.ceil(limit * this.perShown));
    const { rooms: found, next } = await this.page(cursor && roomObjectName(cursor), atOnce);
    const shown = found.filter(
      ({ status, visibility, ownerId }) =>
        status === 'open' && (visibility === 'listed' || ownerId === userId),
    );
    this.perShown = (this.perShown + found.length / Math.max(1, shown.length)) / 2;
    const rooms = shown.slice(0, limit);
    const last = shown.length > limit ? rooms.at(-1) : next === undefined ? undefined : found.at(-1);
    return { rooms, ...(last && { next: last.id }) };
  }

  /** All rooms, newest first, by listing alone. */
  async *all(): AsyncGenerator<Room> {
    let after: string | undefined;
    do {
      const page = await this.page(after, LARGEST_PAGE);
      yield* page.rooms;
      after = page.next;
    } while (after !== undefined);
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

  /** The rooms behind a name, by one listing; by another one where there was none among what was listed, though more follows. */
  private async page(
    behind: string | undefined,
    limit: number,
  ): Promise<{ rooms: Room[]; next: string | undefined }> {
    for (let after = behind; ;) {
      const page = await this.store.list(ROOM_PREFIX, { limit, ...(after !== undefined && { after }) });
      const rooms = page.objects.flatMap((object) => this.roomIn(object) ?? []);
      if (rooms.length > 0 || page.next === undefined) return { rooms, next: page.next };
      after = page.next;
    }
  }

  private roomIn(object: ObjectSummary): Room | undefined {
    const room = roomOfSummary(object);
    if (room === undefined)
      this.logger.warn({ object: object.name }, 'an object among the rooms is not a room');
    return room;
  }
}

function tooMany(): StudioError {
  return new StudioError('unavailable', 'Too many change this room at the same time. Try again.');
}

function open(room: Room): Room {
  if (room.status !== 'open') throw new StudioError('closed', 'This room is closed.');
  return room;
}
