import { Inject, Injectable } from '@nestjs/common';
import { ListedRoom, StudioError } from '@studio/contracts';
import type { Id, RpcRequest, RpcResponse } from '@studio/contracts';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { LOGGER, OBJECT_STORE } from '../ports.ts';
import { idCursor } from '../rooms/id-cursor.ts';
import { personalPrefix, personalRoomName, personalRoomOf, roomIdOf } from './personal-room.ts';

/** Rooms of one call of the store, when all are wanted. */
const PAGE = 998;

type Page = Omit<RpcRequest<'room.list'>, 'scope'>;

/** Answers the lists of a person's rooms, by listing alone. */
@Injectable()
export class PersonalLists {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The rooms in which the person is a member, the newest first. The cursor is the id after which to go on. @throws StudioError invalid */
  async mine({ userId, cursor, limit }: Page): Promise<RpcResponse<'room.list'>> {
    const { rooms, next } = await this.page(userId, idCursor(cursor), limit);
    return { rooms, ...(next !== undefined && { next }) };
  }

  /**
   * The rooms in which the person was, the last visit first. One call of the store for every 998 rooms of the person, because they are
   * kept by age. The cursor is the visit after which to go on.
   * @throws StudioError invalid
   */
  async recent({ userId, cursor, limit }: Page): Promise<RpcResponse<'room.list'>> {
    const after = cursor === undefined ? undefined : visitOfCursor(cursor);
    const all = await this.all(userId, after);
    const wanted = all.filter(({ room }) => room.visitedAt !== undefined);
    const shown = wanted.slice(0, limit);
    const last = wanted.length > limit ? shown.at(-1) : undefined;
    return {
      rooms: shown.map(({ room }) => room),
      ...(last && { next: `${last.visit.at}.${last.visit.id}` }),
    };
  }

  /**
   * All rooms in which the person is a member, the last visit first, those without one at the end: those behind the visit `after`, which
   * may be `included`.
   */
  async all(userId: Id, after?: Visit, included = false): Promise<{ room: ListedRoom; visit: Visit }[]> {
    const rooms: { room: ListedRoom; visit: Visit }[] = [];
    for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
      const page = await this.page(userId, next, PAGE);
      for (const room of page.rooms) rooms.push({ room, visit: { at: room.visitedAt ?? 0, id: room.id } });
      next = page.next;
    }
    return rooms
      .filter(({ visit }) => after === undefined || lastFirst(after, visit) < (included ? 1 : 0))
      .toSorted((one, other) => lastFirst(one.visit, other.visit));
  }

  private async page(
    userId: Id,
    after: Id | undefined,
    limit: number,
  ): Promise<{ rooms: ListedRoom[]; next?: string }> {
    const { objects, next } = await this.store.list(personalPrefix(userId), {
      limit,
      ...(after !== undefined && { after: personalRoomName(userId, after) }),
    });
    const rooms = objects.flatMap((object) => {
      const room = personalRoomOf(object);
      if (room === undefined) {
        this.logger.warn({ object: object.name }, 'an object among the rooms of a person is not a room');
        return [];
      }
      return [ListedRoom.parse(room)];
    });
    return { rooms, ...(next !== undefined && { next: roomIdOf(next) }) };
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

function visitOfCursor(cursor: string): Visit {
  const [, at, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{22})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new StudioError('invalid', 'This cursor is not one of ours.');
  return { at: Number(at), id };
}
