import { DisplayName, GEMINI_ID, Role } from '@studio/contracts';
import type { Actor, ParticipantId } from '@studio/contracts';
import type { PresentConnection } from '@studio/presence';
import * as z from 'zod';

/** Gemini as the author of events. */
export const GEMINI: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };

/** What of a connection's details matters here. */
const Details = z.object({ name: DisplayName, role: Role, media: z.object({ microphone: z.boolean() }) });

interface Connection {
  actor: Actor;
  role: Role;
  microphone: boolean;
}

/** What has changed in a room. */
export interface Departures {
  /** Sources that have gone or been muted. */
  silent: number[];
  /** People without any connection, also without a lost one that may come back. */
  gone: ParticipantId[];
}

/** Who is behind the media sources of a room, as presence says it. */
export class People {
  private connections: ReadonlyMap<number, Connection> = new Map();
  private ids: ReadonlySet<ParticipantId> = new Set();

  /** Takes the connections as they are now. */
  update(connections: readonly PresentConnection[]): Departures {
    const [connectionsBefore, idsBefore] = [this.connections, this.ids];
    this.connections = new Map(connections.flatMap(present));
    this.ids = new Set(connections.map(({ participantId }) => participantId));
    const silent = [...connectionsBefore]
      .filter(([source, { microphone }]) => {
        const now = this.connections.get(source);
        return now === undefined || (microphone && !now.microphone);
      })
      .map(([source]) => source);
    return { silent, gone: [...idsBefore].filter((id) => !this.ids.has(id)) };
  }

  actor(source: number): Actor | undefined {
    return this.connections.get(source)?.actor;
  }

  /** Everybody who is there, once, however many connections they have. */
  list(): { actor: Actor; role: Role; microphone: boolean }[] {
    const people = new Map<string, { actor: Actor; role: Role; microphone: boolean }>();
    for (const { actor, role, microphone } of this.connections.values()) {
      const known = people.get(actor.id);
      people.set(actor.id, { actor, role, microphone: microphone || known?.microphone === true });
    }
    return [...people.values()];
  }

  /** Somebody who is present. */
  person(id: ParticipantId): Actor | undefined {
    return [...this.connections.values()].find(({ actor }) => actor.id === id)?.actor;
  }

  /** All connections of a person. */
  sources(id: ParticipantId): number[] {
    return [...this.connections].filter(([, { actor }]) => actor.id === id).map(([own]) => own);
  }
}

function present({ state, source, participantId, details }: PresentConnection): [number, Connection][] {
  const known = Details.safeParse(details);
  if (state !== 'present' || !known.success) return [];
  const { name, role, media } = known.data;
  return [
    [source, { actor: { id: participantId, name, kind: 'person' }, role, microphone: media.microphone }],
  ];
}
