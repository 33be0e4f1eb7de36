import { Inject, Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import type { ObjectStore, ObjectSummary } from '@studio/object-store';
import type { Leases, Presence } from '@studio/presence';
import { roomLockName } from '../archive/room-lock.ts';
import { Conversation } from '../conversation/conversation.ts';
import { eachAtOnce } from '../each-at-once.ts';
import { usageObjectName } from '../live/live-usage.ts';
import { lobbyOf } from '../membership/lobby.ts';
import { memberPrefix, personIdOf } from '../membership/member-object.ts';
import { PersonalRooms } from '../membership/personal-rooms.ts';
import { LEASES, OBJECT_STORE, PRESENCE } from '../ports.ts';
import type { Deletion } from './deletion-object.ts';

/** Objects removed at the same time, and listed with one call. */
const AT_ONCE = 16;
const PAGE = 500;

/** Everything that is kept of a room besides its own object. */
@Injectable()
export class RoomRemains {
  constructor(
    private readonly conversation: Conversation,
    private readonly personal: PersonalRooms,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(LEASES) private readonly leases: Leases,
  ) {}

  /** Erases all but who the members were, by whom their lists are found. */
  async erase({ roomId, by }: Deletion): Promise<void> {
    // Before the conversation: nobody says any more in it that they leave.
    await Promise.all([
      this.presence.erase(roomId),
      this.presence.erase(lobbyOf(roomId)),
      this.leases.erase(`live:${roomId}`),
    ]);
    await this.conversation.end(roomId, by);
    await this.leases.erase(roomLockName(roomId));
    await this.store.delete(usageObjectName(roomId));
    await eachAtOnce(this.listed(memberPrefix(roomId)), AT_ONCE, ({ name }) =>
      this.personal.remove(roomId, personIdOf(name)),
    );
  }

  async eraseMembers(roomId: RoomId): Promise<void> {
    await this.eraseAll(memberPrefix(roomId));
  }

  private eraseAll(prefix: string): Promise<void> {
    return eachAtOnce(this.listed(prefix), AT_ONCE, ({ name }) => this.store.delete(name));
  }

  private async *listed(prefix: string): AsyncGenerator<ObjectSummary> {
    let after: string | undefined;
    do {
      const page = await this.store.list(prefix, { limit: PAGE, ...(after !== undefined && { after }) });
      yield* page.objects;
      after = page.next;
    } while (after !== undefined);
  }
}
