import { Injectable } from '@nestjs/common';
import { LIMITS, StudioError } from '@studio/contracts';
import type { Room, RoomId } from '@studio/contracts';
import { Members } from './members.ts';

/** How long a count is good for, apart from those who were added here; milliseconds. */
const RECOUNT_MS = 60_000;
const COUNTED_ROOMS = 1_000;
/** Members of one call of the store. */
const PAGE = 998;

interface Count {
  /** How many there were. */
  readonly members: Promise<number>;
  readonly at: number;
  added: number;
}

/** Keeps the number of a room's members within its limit; with many replicas about so, because each of them counts once a minute. */
@Injectable()
export class MemberPlaces {
  private readonly counts = new Map<RoomId, Count>();

  constructor(private readonly members: Members) {}

  /** @throws StudioError conflict when the room has no place for another member */
  async take(room: Room): Promise<void> {
    const known = this.counts.get(room.id);
    const count = known !== undefined && Date.now() - known.at < RECOUNT_MS ? known : this.begin(room);
    count.added++;
    if ((await count.members) + count.added <= LIMITS.membersPerRoom) return;
    throw new StudioError(
      'conflict',
      `This room has had ${LIMITS.membersPerRoom} people, which is the most.`,
    );
  }

  private begin(room: Room): Count {
    const count: Count = { members: this.count(room), at: Date.now(), added: 0 };
    this.counts.delete(room.id);
    this.counts.set(room.id, count);
    const [oldest] = this.counts.keys();
    if (oldest !== undefined && this.counts.size > COUNTED_ROOMS) this.counts.delete(oldest);
    return count;
  }

  private async count(room: Room): Promise<number> {
    try {
      let count = 0;
      let cursor: string | undefined;
      do {
        const { members, next } = await this.members.list(room, { cursor, limit: PAGE });
        count += members.length;
        cursor = next;
      } while (cursor !== undefined);
      return count;
    } catch (error) {
      this.counts.delete(room.id);
      throw error;
    }
  }
}
