import { Inject, Injectable } from '@nestjs/common';
import type { Id, RoomId } from '@studio/contracts';
import type { Presence } from '@studio/presence';
import { PRESENCE } from '../ports.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { ConnectionDetails, detailsOf } from './connection-details.ts';
import { Members } from './members.ts';
import { PeopleSignals } from './people-signals.ts';

/** What the connections of a person show that they are. What a connection may do is judged by the gateways, which read the events. */
@Injectable()
export class ConnectionRoles {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly signals: PeopleSignals,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  /**
   * Shows what the person is in the room, who may have become it just now. Looks again until that has not changed meanwhile: of several
   * processes that show the role of the same person, the last word is the true one.
   * @throws StudioError not_found
   */
  async show(roomId: RoomId, personId: Id): Promise<void> {
    let changed = false;
    for (;;) {
      const role = await this.members.role(await this.directory.get(roomId), personId);
      const others = (await this.presence.list(roomId)).filter(
        (connection) => connection.participantId === personId && detailsOf(connection).role !== role,
      );
      if (role === null || others.length === 0) break;
      for (const { connectionId } of others)
        await this.presence.update(roomId, connectionId, {
          details: (kept) => ({ ...ConnectionDetails.parse(kept), role }),
        });
      changed = true;
    }
    if (changed) await this.signals.publish(roomId, [personId]);
  }
}
