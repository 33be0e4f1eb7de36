import { Inject, Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import type { Change } from '../change.ts';
import { Announcements } from './announcements.ts';
import type { Decision } from './decision.ts';

/** A decision older than this is in the conversation; the log may have forgotten by then that it has the key. Milliseconds. */
const TOLD_MS = 60_000;

/** Tells rooms what was decided. It is told as often as wanted, and stands in the conversation once. */
@Injectable()
export class Decisions {
  constructor(@Inject(Announcements) private readonly announcements: Pick<Announcements, 'announce'>) {}

  /** Resolves when the decision is in the conversation, or is too old not to be. See {@link Announcements.announce}. */
  async tell(roomId: RoomId, decision: Decision | undefined): Promise<void> {
    if (decision === undefined || Date.now() - decision.at > TOLD_MS) return;
    const { key, by, body } = decision;
    await this.announcements.announce(roomId, { key, actor: by, body });
  }

  /**
   * Writes something that keeps its last decision, when the one that it keeps has been told: the order in which decisions are told is that in
   * which they were written, whoever makes them, and none is forgotten. Resolves with what `update` resolves.
   * @param known the decision that was kept when the caller has looked
   * @param update writes what `change` makes of what is there now, or nothing when that is undefined
   */
  async replace<T extends { decision?: Decision | undefined }>(
    roomId: RoomId,
    known: Decision | undefined,
    update: (change: Change<T>) => Promise<T>,
    change: Change<T>,
  ): Promise<T> {
    let told = known;
    for (;;) {
      await this.tell(roomId, told);
      const met: { untold?: Decision } = {};
      const after = await update((now) => {
        delete met.untold;
        if (now.decision === undefined || now.decision.key === told?.key) return change(now);
        met.untold = now.decision;
        return undefined;
      });
      if (met.untold === undefined) return after;
      told = met.untold;
    }
  }
}
