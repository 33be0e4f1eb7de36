import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import type { Leases } from '@studio/presence';
import { Periodic } from '../periodic.ts';
import { CONFIG, LEASES, LOGGER } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDeletion } from './room-deletion.ts';

/** Finishes deletions: one replica in each interval. */
@Injectable()
export class DeletionSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly periodic: Periodic;

  constructor(
    private readonly deletion: RoomDeletion,
    @Inject(LEASES) private readonly leases: Leases,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.periodic = new Periodic(config.DELETION_SWEEP_MS, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.periodic.stop();
  }

  private async sweep(): Promise<void> {
    try {
      // Less than the shortest time between two looks of one replica.
      if (await this.leases.claimOnce('sweep:deletions', Math.ceil(this.config.DELETION_SWEEP_MS / 2)))
        await this.deletion.finish();
    } catch (error) {
      this.logger.warn({ err: error }, 'rooms that were deleted could not be erased');
    }
  }
}
