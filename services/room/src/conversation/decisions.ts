import { Injectable } from '@nestjs/common';
import { Actor, EventBody, IdempotencyKey, newId } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import * as z from 'zod';
import { Announcements } from './announcements.ts';

/** A decision older than this is in the conversation; the log may have forgotten by then that it has the key. Milliseconds. */
const TOLD_MS = 60_000;

/** What somebody has decided last about a room or a person, kept with what it changed: what is said about it in the conversation. */
export const Decision = z.object({
  key: IdempotencyKey,
  /** Milliseconds since the epoch. */
  at: z.int().nonnegative(),
  by: Actor,
  body: EventBody,
});
export type Decision = z.infer<typeof Decision>;

/** A decision that is made now. */
export function decide(by: { id: string; name: string }, body: EventBody): Decision {
  return {
    key: `${body.type}:${newId()}`,
    at: Date.now(),
    by: { id: by.id, name: by.name, kind: 'person' },
    body,
  };
}

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
