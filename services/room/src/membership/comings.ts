import { Inject, Injectable } from '@nestjs/common';
import type { EventBody, RoomId } from '@studio/contracts';
import { HeadMovedError, LogUnavailableError } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import type { Passage, Presence } from '@studio/presence';
import { Conversation } from '../conversation/conversation.ts';
import { LOGGER, PRESENCE } from '../ports.ts';
import { detailsOf } from './connection-details.ts';

/** Whoever has noted something says it sooner than this, or has died, or cannot reach the log; milliseconds. */
const OVERDUE_MS = 2_000;

/**
 * Says in the conversation who has come and who has gone. The presence store notes it in the step in which it happens; here the notes of a
 * room are appended in their order, and taken away only then. So each is said, and the order is kept, whichever process does it and
 * however many do it at once: a note that is not there any more has been said, and one that is said twice has the same key.
 */
@Injectable()
export class Comings {
  private readonly running = new Map<RoomId, Promise<void>>();
  private readonly next = new Map<RoomId, Promise<void>>();

  constructor(
    private readonly conversation: Conversation,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Resolves when all that was noted in the room before stands in the conversation. When it rejects, it is said later. */
  say(roomId: RoomId): Promise<void> {
    const queued = this.next.get(roomId);
    if (queued !== undefined) return queued;
    // What is being said now may have been read before the note of this caller was there.
    const running = this.running.get(roomId);
    if (running === undefined) return this.begin(roomId);
    // When the log is away for it, it is away for what comes behind it.
    const next = running.then(
      () => this.begin(roomId),
      (error: unknown) => {
        this.next.delete(roomId);
        throw error;
      },
    );
    this.next.set(roomId, next);
    return next;
  }

  /** Says what others have not said, in every room. Never rejects. */
  async sayOverdue(): Promise<void> {
    try {
      const rooms = await this.presence.unsettledRooms(OVERDUE_MS);
      await Promise.all(rooms.map((roomId) => this.say(roomId)));
    } catch (error) {
      this.logger.warn({ err: error }, 'who came and went waits to be written');
    }
  }

  private begin(roomId: RoomId): Promise<void> {
    this.next.delete(roomId);
    const saying = this.sayAll(roomId).finally(() => this.running.delete(roomId));
    this.running.set(roomId, saying);
    return saying;
  }

  private async sayAll(roomId: RoomId): Promise<void> {
    for (;;) {
      const passages = await this.presence.unsettled(roomId);
      if (passages.length === 0) return;
      for (const passage of passages) {
        await this.append(roomId, passage);
        await this.presence.settle(roomId, [passage.id]);
      }
    }
  }

  private async append(roomId: RoomId, { id, kind, connection }: Passage): Promise<void> {
    const { name, role } = detailsOf(connection);
    const body: EventBody =
      kind === 'joined' ? { type: 'participant.joined', role } : { type: 'participant.left', reason: kind };
    try {
      await this.conversation.append(roomId, {
        key: `${kind}:${connection.connectionId}.${id}`,
        actor: { id: connection.participantId, name, kind: 'person' },
        body,
      });
    } catch (error) {
      if (error instanceof LogUnavailableError || error instanceof HeadMovedError) throw error;
      // It would fail again: it must not hold up those behind it.
      this.logger.error({ roomId, kind, err: error }, 'who came or went cannot be written');
    }
  }
}
