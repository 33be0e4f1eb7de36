import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SUBJECT } from '@studio/contracts';
import type { Participant, ParticipantId, RoomId, Signal } from '@studio/contracts';
import { encodeJson } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import type { Presence } from '@studio/presence';
import { BUS, PRESENCE } from '../ports.ts';
import { participantsOf } from './participants.ts';

/** Tells a room what has become of some of its people. */
@Injectable()
export class PeopleSignals {
  constructor(
    @Inject(BUS) private readonly bus: MessageBus,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  /**
   * Publishes how these people are now, and resolves everybody in the room. Looks again afterwards and goes on until nothing has
   * changed meanwhile: so, of several processes that publish about the same person, the last word is always the true one.
   * `known`: everybody, when the caller has just looked.
   */
  async publish(
    roomId: RoomId,
    ids: readonly ParticipantId[],
    known?: readonly Participant[],
  ): Promise<Participant[]> {
    let published = known ?? (await this.look(roomId));
    let changed = ids;
    for (;;) {
      for (const id of changed) this.send(roomId, id, find(published, id));
      const now = await this.look(roomId);
      changed = ids.filter((id) => !isDeepStrictEqual(find(published, id), find(now, id)));
      if (changed.length === 0) return now;
      published = now;
    }
  }

  /** Everybody in the room, in the order in which they came. */
  async look(roomId: RoomId): Promise<Participant[]> {
    return participantsOf(await this.presence.list(roomId));
  }

  private send(roomId: RoomId, participantId: ParticipantId, participant: Participant | undefined): void {
    const signal: Signal =
      participant === undefined
        ? { type: 'participant.gone', participantId }
        : { type: 'participant', participant };
    this.bus.publish(SUBJECT.signal(roomId), encodeJson(signal));
  }
}

function find(participants: readonly Participant[], id: ParticipantId): Participant | undefined {
  return participants.find((participant) => participant.id === id);
}
