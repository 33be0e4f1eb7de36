import type { Actor, ParticipantId } from '@studio/contracts';

/** A stretch of speech of one or more people, from the first voice until all are silent: who spoke in it, and for how long. */
export class Stretch {
  private readonly spoken = new Map<ParticipantId, { readonly actor: Actor; ms: number }>();

  /** A frame in which somebody speaks. */
  add(actor: Actor, ms: number): void {
    const entry = this.spoken.get(actor.id);
    if (entry === undefined) this.spoken.set(actor.id, { actor, ms });
    else entry.ms += ms;
  }

  /** Everybody who spoke, who spoke most first. */
  get speakers(): Actor[] {
    return [...this.spoken.values()].sort((a, b) => b.ms - a.ms).map(({ actor }) => actor);
  }
}
