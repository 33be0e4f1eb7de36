import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Room, RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import type { Leases } from '@studio/presence';
import { ArchiveUpkeep } from '../archive/archive-upkeep.ts';
import { RoomLock } from '../archive/room-lock.ts';
import { isAway } from '../outage-filter.ts';
import { Periodic } from '../periodic.ts';
import { CLOCK, CONFIG, EVENT_LOG, LEASES, LOGGER } from '../ports.ts';
import type { Clock } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { cutoffOf } from './retention-period.ts';
import { Retention } from './retention.ts';

/** The first look after a start: what a process that died has left behind should not wait for long. Milliseconds. */
const FIRST_MS = 60_000;

/** Goes through all rooms, one replica in each interval: deletes what is past retention, and archives what was left in the log. */
@Injectable()
export class RetentionSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly periodic: Periodic;
  private stopping = false;

  constructor(
    private readonly directory: RoomDirectory,
    private readonly retention: Retention,
    private readonly upkeep: ArchiveUpkeep,
    private readonly lock: RoomLock,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(LEASES) private readonly leases: Leases,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.periodic = new Periodic(config.RETENTION_SWEEP_MS, () => this.sweepInTurn());
  }

  onApplicationBootstrap(): void {
    this.periodic.start(Math.min(FIRST_MS, this.config.RETENTION_SWEEP_MS));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.periodic.stop();
  }

  /** Goes through all rooms now. @throws StoreUnavailableError, LogUnavailableError when a store is away */
  async sweep(): Promise<void> {
    for await (const room of this.directory.all()) {
      if (this.stopping) return;
      try {
        await this.lock.tryWith(room.id, () => this.tidy(room.id));
      } catch (error) {
        if (isAway(error)) throw error;
        this.logger.error({ roomId: room.id, err: error }, 'a room could not be tidied up');
      }
    }
  }

  private async sweepInTurn(): Promise<void> {
    try {
      // Less than the shortest time between two looks of one replica.
      if (await this.leases.claimOnce('sweep:conversations', Math.ceil(this.config.RETENTION_SWEEP_MS / 2)))
        await this.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'the rooms could not all be tidied up now');
    }
  }

  private async tidy(roomId: RoomId): Promise<void> {
    const room = await this.find(roomId);
    if (room === undefined) return;
    const cutoff = cutoffOf(this.clock(), room.retentionDays, this.config.RETENTION_MAX_DAYS);
    if (cutoff !== undefined && room.createdAt < cutoff) await this.retention.expire(room, cutoff);
    const [first, head] = await Promise.all([this.log.first(roomId), this.log.head(roomId)]);
    if (first < head) await this.upkeep.archiveIfQuiet(roomId);
  }

  /** The room as it is now: it may have been deleted since it was listed. */
  private async find(roomId: RoomId): Promise<Room | undefined> {
    try {
      return await this.directory.get(roomId);
    } catch (error) {
      if (error instanceof StudioError && error.code === 'not_found') return undefined;
      throw error;
    }
  }
}
