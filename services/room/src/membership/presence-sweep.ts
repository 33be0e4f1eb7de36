import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import { CONFIG, LOGGER } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { Announcements } from '../conversation/announcements.ts';
import { Periodic } from '../periodic.ts';
import { Comings } from './comings.ts';
import { Membership } from './membership.ts';

/** Looks for expired connections again and again. */
@Injectable()
export class PresenceSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly periodic: Periodic;
  /** Milliseconds since the epoch; also a machine that was asleep has heard nothing meanwhile. */
  private lookedAt = 0;
  private notBefore = 0;

  constructor(
    private readonly membership: Membership,
    private readonly comings: Comings,
    private readonly announcements: Announcements,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.periodic = new Periodic(config.PRESENCE_SWEEP_MS, () => this.run());
  }

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  private async run(): Promise<void> {
    await this.sweep();
    await Promise.all([this.comings.sayOverdue(), this.announcements.retry()]);
  }

  /** After a time in which the store was away, or this process, those who are there must first be able to say so. */
  private async sweep(): Promise<void> {
    const { PRESENCE_SWEEP_MS, PRESENCE_GRACE_MS } = this.config;
    const now = Date.now();
    if (now - this.lookedAt > PRESENCE_GRACE_MS + 2 * PRESENCE_SWEEP_MS)
      this.notBefore = now + PRESENCE_GRACE_MS;
    this.lookedAt = now;
    if (now < this.notBefore) return;
    try {
      await this.membership.sweep();
    } catch (error) {
      this.notBefore = Date.now() + PRESENCE_GRACE_MS;
      this.logger.warn({ err: error }, 'looking for expired connections failed');
    }
  }
}
