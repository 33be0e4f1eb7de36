import { Inject, Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import { EVENT_LOG } from '../ports.ts';
import { ArchiveUpkeep } from './archive-upkeep.ts';
import { RoomLock } from './room-lock.ts';
import { Segments } from './segments.ts';

/** Deletes everything that was said in a room. */
@Injectable()
export class ConversationEraser {
  constructor(
    private readonly segments: Segments,
    private readonly upkeep: ArchiveUpkeep,
    private readonly lock: RoomLock,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  /**
   * To be called when the room's object is gone, without which nothing is archived; and again as often as wanted, until it resolves.
   * @throws StudioError unavailable, StoreUnavailableError, LogUnavailableError
   */
  async erase(roomId: RoomId): Promise<void> {
    this.upkeep.forget(roomId);
    await this.lock.with(roomId, async () => {
      await this.segments.removeAll(roomId);
      await this.log.delete(roomId);
    });
  }
}
