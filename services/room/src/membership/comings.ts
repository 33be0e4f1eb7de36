import { Inject, Injectable } from '@nestjs/common';
import type { EventBody, RoomId } from '@studio/contracts';
import { HeadMovedError, LogUnavailableError } from '@studio/event-log';
import type { Logger } from '@studio/platform';
import type { Passage, Presence } from '@studio/presence';
import { Conversation } from '../conversation/conversation.ts';
import { LOGGER, PRESENCE } from '../ports.ts';
import { detailsOf } from './connection-details.ts';
import { saidInside } from './said-inside.ts';

/** Whoever has noted something says it sooner than this, or has died, or cannot reach the log; milliseconds. */
const OVERDUE_MS = 2_000;
/** Events in which is looked for who the conversation says to be inside. */
const LOOKED_BACK = 500;

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
        if (passage.alone) await this.endStays(roomId);
        await this.append(roomId, passage);
        await this.presence.settle(roomId, [passage.id]);
      }
    }
  }

  /**
   * Into a room where the conversation says that others are, somebody has come, and found nobody: the presence store was emptied, or ended
   * with its process. Of those who are not there, and of those who are about to be said to come, it is said that they were lost.
   */
  private async endStays(roomId: RoomId): Promise<void> {
    // In this order: whoever comes meanwhile is not taken for somebody who was there all the time.
    const { events } = await this.conversation.events({ roomId, limit: LOOKED_BACK });
    const there = new Set((await this.presence.list(roomId)).map(({ participantId }) => participantId));
    const passages = await this.presence.unsettled(roomId);
    const moving = new Map(passages.map(({ kind, connection }) => [connection.participantId, kind]));
    // What is noted here may have been said by somebody else by now.
    const noted = new Set(passages.map(keyOf));
    for (const { key, seq, actor } of saidInside(events)) {
      const kind = moving.get(actor.id);
      if (noted.has(key) || (kind === undefined ? there.has(actor.id) : kind !== 'joined')) continue;
      const body: EventBody = { type: 'participant.left', reason: 'lost' };
      await this.conversation.append(roomId, { key: `lost:${seq}.${actor.id}`, actor, body });
    }
  }

  private async append(roomId: RoomId, passage: Passage): Promise<void> {
    const { kind, connection } = passage;
    const { name, role } = detailsOf(connection);
    const body: EventBody =
      kind === 'joined' ? { type: 'participant.joined', role } : { type: 'participant.left', reason: kind };
    try {
      await this.conversation.append(roomId, {
        key: keyOf(passage),
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

/** The same whoever says it, and however often. */
function keyOf({ id, kind, connection }: Passage): string {
  return `${kind}:${connection.connectionId}.${id}`;
}
