import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Event, RoomId } from '@studio/contracts';
import { HeadMovedError, LogUnavailableError } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import { Conversation } from './conversation.ts';
import { LOGGER } from '../ports.ts';

/** Announcements that may wait for the log, in all rooms: about 5 MB. */
const MOST_WAITING = 10_000;

type Line = Pick<Event, 'key' | 'actor' | 'body'>;

/**
 * What has happened already and must get into the conversation: who came and who went, what was set. It is told once, to one process; so
 * an announcement that cannot be appended now waits here, with its key, and is tried again. Per room they are appended in the order in
 * which they were made.
 */
@Injectable()
export class Announcements implements OnApplicationShutdown {
  private readonly waiting = new Map<RoomId, Line[]>();
  private readonly appending = new Map<RoomId, Promise<void>>();
  private count = 0;

  constructor(
    private readonly conversation: Conversation,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Resolves when the event is durable. When it rejects because the log is away, the announcement waits and is made later all the same.
   * @throws StudioError unavailable when too many wait: then this one is lost
   */
  announce(roomId: RoomId, line: Line): Promise<void> {
    if (this.count >= MOST_WAITING) {
      this.logger.error({ roomId, type: line.body.type }, 'too many announcements wait: one is lost');
      return Promise.reject(
        new StudioError('unavailable', 'The conversation cannot be written now. Try again.'),
      );
    }
    const lines = this.waiting.get(roomId);
    if (lines === undefined) this.waiting.set(roomId, [line]);
    else lines.push(line);
    this.count++;
    return this.appendWaiting(roomId);
  }

  /** Tries again what waits. Never rejects. */
  async retry(): Promise<void> {
    await Promise.all(
      [...this.waiting.keys()].map((roomId) =>
        this.appendWaiting(roomId).catch((error: unknown) =>
          this.logger.warn({ roomId, err: error }, 'announcements wait for the event log'),
        ),
      ),
    );
  }

  /** A last try; what cannot be appended now is lost with this process. */
  async onApplicationShutdown(): Promise<void> {
    await this.retry();
    if (this.count > 0) this.logger.error({ count: this.count }, 'announcements are lost');
  }

  private appendWaiting(roomId: RoomId): Promise<void> {
    const running = this.appending.get(roomId);
    if (running !== undefined) return running;
    const appending = this.appendAll(roomId);
    this.appending.set(roomId, appending);
    return appending;
  }

  private async appendAll(roomId: RoomId): Promise<void> {
    try {
      const lines = this.waiting.get(roomId);
      for (let line = lines?.[0]; lines !== undefined && line !== undefined; line = lines[0]) {
        try {
          await this.conversation.append(roomId, line);
        } catch (error) {
          if (error instanceof LogUnavailableError || error instanceof HeadMovedError) throw error;
          // It would fail again: it must not hold up those behind it.
          this.logger.error({ roomId, type: line.body.type, err: error }, 'an announcement cannot be made');
        }
        lines.shift();
        this.count--;
      }
      this.waiting.delete(roomId);
    } finally {
      // In the step that found nothing waiting: one that is made a moment later must begin anew.
      this.appending.delete(roomId);
    }
  }
}
