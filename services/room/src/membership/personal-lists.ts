import { Inject, Injectable } from '@nestjs/common';
import { ListedRoom } from '@studio/contracts';
import type { Id, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { LOGGER, OBJECT_STORE } from '../ports.ts';
import { cursorOf, nameOfCursor, personalPrefix, personalRoomOf, visitPrefix } from './personal-room.ts';

/** Rooms of one listing, when all are wanted. */
const PAGE = 998;

type Page = Omit<RpcRequest<'room.list'>, 'scope'>;

/** Answers the lists of a person's rooms: by one listing for a page, without reading an object. */
@Injectable()
export class PersonalLists {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The rooms in which the person is a member, the newest first. @throws StudioError invalid */
  mine(page: Page): Promise<RpcResponse<'room.list'>> {
    return this.list(personalPrefix(page.userId), page);
  }

  /** The rooms in which the person was, the last visit first. @throws StudioError invalid */
  recent(page: Page): Promise<RpcResponse<'room.list'>> {
    return this.list(visitPrefix(page.userId), page);
  }

  /**
   * All rooms in which the person is a member, the last visit first, those without one at the end: those behind the visit `after`, which
   * may be `included`. One listing for every 998 of them.
   */
  async all(userId: Id, after?: Visit, included = false): Promise<{ room: ListedRoom; visit: Visit }[]> {
    const rooms: { room: ListedRoom; visit: Visit }[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await this.mine({ userId, limit: PAGE, ...(cursor !== undefined && { cursor }) });
      for (const room of page.rooms) rooms.push({ room, visit: { at: room.visitedAt ?? 0, id: room.id } });
      cursor = page.next;
    }
    return rooms
      .filter(({ visit }) => after === undefined || lastFirst(after, visit) < (included ? 1 : 0))
      .toSorted((one, other) => lastFirst(one.visit, other.visit));
  }

  private async list(prefix: string, { cursor, limit }: Page): Promise<RpcResponse<'room.list'>> {
    const { objects, next } = await this.store.list(prefix, {
      limit,
      ...(cursor !== undefined && { after: nameOfCursor(prefix, cursor) }),
    });
    const rooms = new Map<RoomId, ListedRoom>();
    for (const object of objects) {
      const room = personalRoomOf(object);
      if (room === undefined)
        this.logger.warn({ object: object.name }, 'an object among the rooms of a person is not a room');
      // The visit before may still be there for a moment.
      else if (!rooms.has(room.id)) rooms.set(room.id, ListedRoom.parse(room));
    }
    return { rooms: [...rooms.values()], ...(next !== undefined && { next: cursorOf(next) }) };
  }
}

/** When somebody was in which room last; 0: not yet. */
export interface Visit {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly id: Id;
}

function lastFirst(one: Visit, other: Visit): number {
  return other.at - one.at || (one.id < other.id ? -1 : Number(one.id > other.id));
}
