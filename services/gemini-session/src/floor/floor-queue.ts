import type { Actor, ParticipantId } from '@studio/contracts';
import type { Speaker } from './floor.ts';

/** Somebody who wants the floor. */
export interface Waiting {
  readonly actor: Actor;
  /** The microphone whose button they hold; undefined: none. */
  readonly source: number | undefined;
  readonly raised: boolean;
}

/** Who wants the floor, in the order in which they did first: with a raised hand, with a button that is held down, or both. */
export class FloorQueue {
  private waiting: Waiting[] = [];

  get ids(): ParticipantId[] {
    return this.waiting.map(({ actor }) => actor.id);
  }

  raise(actor: Actor): void {
    this.put(actor, { raised: true });
  }

  lower(id: ParticipantId): void {
    this.change(id, { raised: false });
  }

  press({ actor, source }: Speaker): void {
    this.put(actor, { source });
  }

  /** The button at this microphone is not held any more. */
  release(source: number): void {
    const entry = this.waiting.find((one) => one.source === source);
    if (entry !== undefined) this.change(entry.actor.id, { source: undefined });
  }

  /** Whether somebody waits with the button at this microphone held down. */
  presses(source: number): boolean {
    return this.waiting.some((one) => one.source === source);
  }

  /** Takes somebody out, or whoever is first. */
  take(id: ParticipantId | undefined = this.waiting[0]?.actor.id): Waiting | undefined {
    const entry = this.waiting.find(({ actor }) => actor.id === id);
    this.waiting = this.waiting.filter((one) => one !== entry);
    return entry;
  }

  private put(actor: Actor, wish: Partial<Waiting>): void {
    if (!this.waiting.some((one) => one.actor.id === actor.id))
      this.waiting.push({ actor, source: undefined, raised: false });
    this.change(actor.id, wish);
  }

  private change(id: ParticipantId, wish: Partial<Waiting>): void {
    this.waiting = this.waiting
      .map((one) => (one.actor.id === id ? { ...one, ...wish } : one))
      .filter(({ raised, source }) => raised || source !== undefined);
  }
}
