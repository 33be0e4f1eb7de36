import { isDeepStrictEqual } from 'node:util';
import type { Knock, Participant, ParticipantId, RpcResponse, Signal } from '@studio/contracts';

/** Who is in a room and in its lobby, as the connections here have been told. */
export class RelayedPeople {
  private readonly people = new Map<ParticipantId, Participant>();
  private lobby: readonly Knock[] | undefined;
  /** Of whom something was told since the truth was asked for, which may be older. */
  private readonly toldSince = new Set<ParticipantId>();
  private lobbyToldSince = false;

  /** What a first connection was welcomed with; what was told before stays. */
  begin({ participants, lobby }: Pick<RpcResponse<'room.pulse'>, 'participants' | 'lobby'>): void {
    for (const participant of participants)
      if (!this.people.has(participant.id)) this.people.set(participant.id, participant);
    this.lobby ??= lobby;
  }

  told(signal: Signal): void {
    switch (signal.type) {
      case 'participant':
        this.people.set(signal.participant.id, signal.participant);
        this.toldSince.add(signal.participant.id);
        break;
      case 'participant.gone':
        this.people.delete(signal.participantId);
        this.toldSince.add(signal.participantId);
        break;
      case 'lobby':
        this.lobby = signal.waiting;
        this.lobbyToldSince = true;
        break;
      default:
    }
  }

  /** The truth is asked for now. */
  asking(): void {
    this.toldSince.clear();
    this.lobbyToldSince = false;
  }

  /** What the connections must be told so that they know the truth; it counts as told. */
  missing({ participants, lobby }: Pick<RpcResponse<'room.pulse'>, 'participants' | 'lobby'>): Signal[] {
    const present = new Set(participants.map(({ id }) => id));
    const signals: Signal[] = [
      ...participants
        .filter((participant) => !isDeepStrictEqual(participant, this.people.get(participant.id)))
        .map((participant) => ({ type: 'participant', participant }) as const)
        .filter(({ participant }) => !this.toldSince.has(participant.id)),
      ...[...this.people.keys()]
        .filter((id) => !present.has(id) && !this.toldSince.has(id))
        .map((participantId) => ({ type: 'participant.gone', participantId }) as const),
      ...(this.lobbyToldSince || isDeepStrictEqual(lobby, this.lobby)
        ? []
        : [{ type: 'lobby', waiting: lobby } as const]),
    ];
    for (const signal of signals) this.told(signal);
    return signals;
  }
}
