import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import { CONFIG, LOGGER } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { Announcements } from '../conversation/announcements.ts';
import { Membership } from './membership.ts';

/** Looks for expired connections again and again, a little unevenly, so that replicas do not all look at once. */
@Injectable()
export class PresenceSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly membership: Membership,
    private readonly announcements: Announcements,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(
      () => {
        this.running = this.sweep().finally(() => this.schedule());
      },
      this.config.PRESENCE_SWEEP_MS * (0.75 + Math.random() / 2),
    );
  }

  private async sweep(): Promise<void> {
    try {
      await this.membership.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'looking for expired connections failed');
    }
    await this.announcements.retry();
  }
}
