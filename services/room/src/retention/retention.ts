import { Inject, Injectable } from '@nestjs/common';
import type { Event, Room, RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { Line } from '../archive/segment-lines.ts';
import type { SegmentIndex } from '../archive/segment-index.ts';
import { Segments } from '../archive/segments.ts';
import { Conversation } from '../conversation/conversation.ts';
import { decodeEvent } from '../conversation/event-data.ts';
import { EVENT_LOG } from '../ports.ts';
import { dayOf } from './retention-period.ts';

/** Entries of one read of the log. */
const PAGE = 200;

/**
 * Deletes the beginning of a conversation, up to the first event that is young enough. What is kept is whole at every moment: a segment
 * that is shortened is written anew before the longer one goes, and the oldest go first.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly segments: Segments,
    private readonly conversation: Conversation,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  /**
   * Deletes what is older than `cutoff`. The newest event always stays: where it is too old itself, one that says so is appended first. To be called under the lock of the room.
   * @throws StoreUnavailableError, LogUnavailableError: the next call goes on where this one stopped
   */
  async expire(room: Pick<Room, 'id' | 'ownerId' | 'ownerName'>, cutoff: number): Promise<void> {
    const roomId = room.id;
    const [head, logFirst] = await Promise.all([this.log.head(roomId), this.log.first(roomId)]);
    if (head === 0 || logFirst === 0) return;
    const { index } = await this.segments.list(roomId, logFirst);
    const firstYoung = () => this.firstYoung(roomId, index, logFirst, cutoff);
    let before = await firstYoung();
    if (before === undefined) {
      await this.sayExpired(roomId, room, head, cutoff);
      // Somebody may have said something meanwhile.
      before = (await firstYoung()) ?? head;
    }
    // Nothing has moved since the list was read but what others archived, which is younger than any segment in it.
    for (const segment of index.all) {
      if (segment.first >= before) continue;
      if (segment.last >= before) {
        const lines = await this.segments.read(segment);
        if (lines === undefined) continue;
        await this.segments.write(roomId, lines.lines(before, segment.last));
      }
      await this.segments.remove(segment);
    }
    if (before > logFirst) await this.log.trim(roomId, before);
  }

  /** The first event that is not older than the cutoff; undefined when all are. */
  private async firstYoung(
    roomId: RoomId,
    index: SegmentIndex,
    logFirst: number,
    cutoff: number,
  ): Promise<number | undefined> {
    let oldTo = logFirst - 1;
    for (const segment of index.all) {
      if (segment.to < cutoff) {
        oldTo = Math.max(oldTo, segment.last);
        continue;
      }
      const lines = (await this.segments.read(segment))?.lines(segment.first, segment.last) ?? [];
      const young = lines.find((line) => eventOf(line).at >= cutoff);
      if (young !== undefined) return young.seq;
      oldTo = Math.max(oldTo, segment.last);
    }
    for (let after = oldTo; ;) {
      const entries = await this.log.read(roomId, after, PAGE);
      const young = entries.find((entry) => eventOf(entry).at >= cutoff);
      if (young !== undefined) return young.seq;
      const last = entries.at(-1);
      if (last === undefined) return undefined;
      after = last.seq;
    }
  }

  /** A conversation that is too old altogether ends with an event that says so. */
  private async sayExpired(
    roomId: RoomId,
    room: Pick<Room, 'ownerId' | 'ownerName'>,
    head: number,
    cutoff: number,
  ): Promise<void> {
    const newest = (await this.log.read(roomId, head - 1, 1)).at(0);
    if (newest !== undefined && eventOf(newest).body.type === 'conversation.expired') return;
    await this.conversation.append(roomId, {
      key: `expired:${dayOf(cutoff)}`,
      actor: { id: room.ownerId, name: room.ownerName, kind: 'person' },
      body: { type: 'conversation.expired', before: cutoff },
    });
  }
}

function eventOf({ data }: Line): Event {
  return decodeEvent(data);
}
