import { Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Id, StudioHits } from '@studio/contracts';
import { Members } from '../membership/members.ts';
import { PersonalLists } from '../membership/personal-lists.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { RoomSearch } from './room-search.ts';
import type { Looked } from './room-search.ts';
import { readSearchCursor, writeSearchCursor } from './search-cursor.ts';
import type { Term } from './search-query.ts';

/** Lines that are shown of one room, and rooms that are shown on one page. */
const HITS_PER_ROOM = 5;
const ROOMS_PER_PAGE = 20;

/** Looks through all rooms in which a person is a member. */
@Injectable()
export class StudioSearch {
  constructor(
    private readonly lists: PersonalLists,
    private readonly rooms: RoomSearch,
    private readonly directory: RoomDirectory,
    private readonly members: Members,
  ) {}

  /** The rooms that were visited last first, as many as can be looked through in about `budgetMs`. @throws StudioError invalid */
  async look(personId: Id, terms: readonly Term[], budgetMs: number, cursor?: string): Promise<StudioHits> {
    const deadline = performance.now() + budgetMs;
    const start = cursor === undefined ? undefined : readSearchCursor(cursor);
    const found: StudioHits['rooms'] = [];
    let searched = 0;
    for (const { room, visit } of await this.lists.all(personId, start?.visit, start?.before !== undefined)) {
      // Where the page before has stopped within this room.
      const before = start?.visit.id === room.id ? start.before : undefined;
      const left = Math.max(0, deadline - performance.now());
      const { hits, next, inTime } = await this.lookInto(personId, room.id, terms, before, left);
      searched += 1;
      const [first] = hits;
      if (first !== undefined)
        found.push({ room: { id: room.id, name: room.name }, hits, more: next !== undefined });
      else if (!inTime && next !== undefined)
        return { rooms: found, searched, next: writeSearchCursor({ visit, before: next }) };
      if (found.length === ROOMS_PER_PAGE || performance.now() > deadline)
        return { rooms: found, searched, next: writeSearchCursor({ visit }) };
    }
    return { rooms: found, searched };
  }

  /** A list is a copy, which may be old: whether the person may read the room is asked where it is true. */
  private async lookInto(
    personId: Id,
    roomId: Id,
    terms: readonly Term[],
    before: number | undefined,
    budgetMs: number,
  ): Promise<Looked> {
    try {
      const room = await this.directory.get(roomId);
      if ((await this.members.role(room, personId)) === null) return { hits: [], inTime: true };
      const options = { limit: HITS_PER_ROOM, budgetMs, ...(before !== undefined && { before }) };
      return await this.rooms.look(roomId, terms, options);
    } catch (error) {
      // It has been deleted, and the list does not know it yet.
      if (error instanceof StudioError && error.code === 'not_found') return { hits: [], inTime: true };
      throw error;
    }
  }
}
