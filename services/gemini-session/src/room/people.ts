import { DisplayName, GEMINI_ID } from '@studio/contracts';
import type { Actor } from '@studio/contracts';
import type { PresentConnection } from '@studio/presence';
import * as z from 'zod';

/** Gemini as the author of events. */
export const GEMINI: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };

/** What of a connection's details matters here. */
const Details = z.object({ name: DisplayName, media: z.object({ microphone: z.boolean() }) });

interface Connection {
  actor: Actor;
  microphone: boolean;
}

/** Who is behind the media sources of a room, as presence says it. */
export class People {
  private connections: ReadonlyMap<number, Connection> = new Map();

  /** Takes the connections as they are now, and gives the sources that have gone or been muted. */
  update(connections: readonly PresentConnection[]): number[] {
    const before = this.connections;
    this.connections = new Map(connections.flatMap(present));
    return [...before]
      .filter(([source, { microphone }]) => {
        const now = this.connections.get(source);
        return now === undefined || (microphone && !now.microphone);
      })
      .map(([source]) => source);
  }

  actor(source: number): Actor | undefined {
    return this.connections.get(source)?.actor;
  }

  /** All connections of the person behind a source. */
  sourcesBeside(source: number): number[] {
    const id = this.actor(source)?.id;
    return [...this.connections].filter(([, { actor }]) => actor.id === id).map(([own]) => own);
  }
}

function present({ state, source, participantId, details }: PresentConnection): [number, Connection][] {
  const known = Details.safeParse(details);
  if (state !== 'present' || !known.success) return [];
  const { name, media } = known.data;
  return [[source, { actor: { id: participantId, name, kind: 'person' }, microphone: media.microphone }]];
}
