import { Inject, Injectable } from '@nestjs/common';
import type { Id, Role, RoomId } from '@studio/contracts';
import type { Presence } from '@studio/presence';
import { PRESENCE } from '../ports.ts';
import { detailsOf } from './connection-details.ts';
import { PeopleSignals } from './people-signals.ts';

/** What the connections of a person show that they are. What a connection may do is judged by the gateways, which read the events. */
@Injectable()
export class ConnectionRoles {
  constructor(
    private readonly signals: PeopleSignals,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  async set(roomId: RoomId, personId: Id, role: Role): Promise<void> {
    const connections = (await this.presence.list(roomId)).filter(
      (connection) => connection.participantId === personId && detailsOf(connection).role !== role,
    );
    for (const connection of connections)
      await this.presence.update(roomId, connection.connectionId, {
        details: { ...detailsOf(connection), role },
      });
    if (connections.length > 0) await this.signals.publish(roomId, [personId]);
  }
}
