import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Event, RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import type { Presence } from '@studio/presence';
import { decodeEvent } from '../conversation/event-data.ts';
import { isAway } from '../outage-filter.ts';
import { Periodic } from '../periodic.ts';
import { CLOCK, CONFIG, EVENT_LOG, LOGGER, PRESENCE } from '../ports.ts';
import type { Clock } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { Archiver, SEGMENT_BYTES } from './archiver.ts';
import { RoomLock } from './room-lock.ts';
import { TouchedRooms } from './touched-rooms.ts';
import type { Due } from './touched-rooms.ts';

/** How often it is looked at what is due, milliseconds. */
const LOOK_MS = 2_000;

/** Has rooms archived in which this process has appended. After an outage of the stores it goes on by itself. */
@Injectable()
export class ArchiveUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly touched: TouchedRooms;
  private readonly periodic: Periodic;
  private stopping = false;

  constructor(
    private readonly archiver: Archiver,
    private readonly lock: RoomLock,
    private readonly directory: RoomDirectory,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.touched = new TouchedRooms(
      { events: config.ARCHIVE_EVENTS, bytes: SEGMENT_BYTES },
      config.ARCHIVE_IDLE_MS,
    );
    this.periodic = new Periodic(Math.min(LOOK_MS, config.ARCHIVE_IDLE_MS), () => this.look());
  }

  /** An event has been appended by this process. */
  appended(roomId: RoomId, data: Uint8Array, type: Event['body']['type']): void {
    this.touched.appended(roomId, data.byteLength, this.clock(), type === 'room.closed');
  }

  forget(roomId: RoomId): void {
    this.touched.forget(roomId);
  }

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.periodic.stop();
  }

  /** Does what is due now. Never rejects. */
  async look(): Promise<void> {
    for (const { roomId, due, appends } of this.touched.due(this.clock())) {
      if (this.stopping) return;
      try {
        if (await this.lock.tryWith(roomId, () => this.keepUp(roomId, due, appends))) continue;
      } catch (error) {
        if (error instanceof StudioError && error.code === 'not_found') {
          this.touched.forget(roomId);
          continue;
        }
        this.logger.warn({ roomId, err: error }, 'a room could not be archived now, and will be tried again');
        // The others would have to wait for the same.
        if (isAway(error)) return;
      }
    }
  }

  /** Archives the whole conversation when nobody uses the room. True when that is so, for a day also with the newest entries still in the log. To be called under the lock of the room. */
  async archiveIfQuiet(roomId: RoomId): Promise<boolean> {
    const { status } = await this.directory.get(roomId);
    const head = await this.log.head(roomId);
    const newest = (await this.log.read(roomId, head - 1, 1)).at(-1);
    if (newest === undefined) return false;
    const silentMs = this.clock() - decodeEvent(newest.data).at;
    const quiet =
      status === 'closed' ||
      (silentMs >= this.config.ARCHIVE_IDLE_MS && (await this.presence.list(roomId)).length === 0);
    if (quiet)
      await this.archiver.archive(roomId, { whole: true, forget: silentMs >= this.config.ARCHIVE_FORGET_MS });
    return quiet;
  }

  /** @throws StudioError not_found */
  private async keepUp(roomId: RoomId, due: Due, appends: number): Promise<void> {
    await this.directory.get(roomId);
    if (due === 'full') await this.archiver.archive(roomId, { whole: false, forget: false });
    else if (!(await this.archiveIfQuiet(roomId))) {
      this.touched.postpone(roomId, this.clock());
      return;
    }
    this.touched.done(roomId, due, appends);
  }
}
