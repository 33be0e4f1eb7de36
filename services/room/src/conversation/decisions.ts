import { Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import { Announcements } from './announcements.ts';
import type { Decision } from './decision.ts';

/** A decision older than this is in the conversation; the log may have forgotten by then that it has the key. Milliseconds. */
const TOLD_MS = 60_000;

/** Tells rooms what was decided. It is told as often as wanted, and stands in the conversation once. */
@Injectable()
export class Decisions {
  constructor(private readonly announcements: Announcements) {}

  /** Resolves when the decision is in the conversation, or is too old not to be. See {@link Announcements.announce}. */
  async tell(roomId: RoomId, decision: Decision | undefined): Promise<void> {
    if (decision === undefined || Date.now() - decision.at > TOLD_MS) return;
    const { key, by, body } = decision;
    await this.announcements.announce(roomId, { key, actor: by, body });
  }
}
