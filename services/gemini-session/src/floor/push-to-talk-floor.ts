import type { Actor, FloorStatus, ParticipantId } from '@studio/contracts';
import { BEGIN_MS, NO_OUTPUT } from './floor.ts';
import type { Floor, FloorMove, FloorOutput, Speaker } from './floor.ts';
import { FloorQueue } from './floor-queue.ts';
import type { Grants } from './grants.ts';
import type { VoiceOptions } from './microphone.ts';
import { Microphones, VANISHED_MS } from './microphones.ts';

/** Audio of before the press that is heard, milliseconds: people press as they begin, and frames may overtake the press. */
const BEFORE_PRESS_MS = 200;
/** Of what somebody says while they wait with the button held down, the newest this much is kept, milliseconds. */
const BACKLOG_MS = 5_000;

interface Holder {
  readonly actor: Actor;
  readonly grant: number;
  /** The microphone whose button they hold; undefined: they were given the floor and have not pressed yet. */
  source: number | undefined;
  /** Gemini has been told that they speak. */
  heard: boolean;
  /** When the floor goes on to the next unless they are heard, or heard again, by then. */
  until: number;
}

/**
 * The floor policy `push-to-talk`: whoever holds their button has the floor, and everybody else waits in a queue, with the button held down
 * or with a raised hand. Audio from the press on is heard, and the moment before it, because people press as they begin; the activity begins
 * with the first of it, so that a press without a sound is nothing to answer.
 */
export class PushToTalkFloor implements Floor {
  readonly tickMs = 100;
  private readonly grants: Grants;
  private readonly microphones: Microphones;
  private readonly queue = new FloorQueue();
  private holder: Holder | undefined;

  constructor(options: VoiceOptions, grants: Grants) {
    this.grants = grants;
    this.microphones = new Microphones(options);
  }

  get speaking(): boolean {
    return this.holder?.heard === true;
  }

  get inView(): ParticipantId | undefined {
    return this.holder?.actor.id;
  }

  status(): FloorStatus {
    const { holder } = this;
    return {
      policy: 'push-to-talk',
      holder: holder?.actor.id ?? null,
      grant: this.grants.current,
      speakers: holder?.heard === true ? [holder.actor.id] : [],
      queue: this.queue.ids,
    };
  }

  tune(options: VoiceOptions): void {
    this.microphones.tune(options);
  }

  frame({ source }: Speaker, pcm: Uint8Array, now: number): readonly FloorOutput[] {
    const microphone = this.microphones.at(source);
    microphone.listen(pcm, now);
    const { holder } = this;
    if (holder?.source === source && holder.heard) {
      holder.until = now + VANISHED_MS;
      return [{ type: 'audio', pcm }];
    }
    const waits = microphone.speaking && this.queue.presses(source);
    microphone.kept.add(pcm, waits ? BACKLOG_MS : BEFORE_PRESS_MS);
    return holder?.source === source ? this.begin(holder, source, now) : NO_OUTPUT;
  }

  move(move: FloorMove, now: number): readonly FloorOutput[] {
    switch (move.action) {
      case 'press':
        return this.press(move.by, now);
      case 'release':
        return this.release(move.by, move.grant, now);
      case 'raise':
        if (this.holder === undefined) return this.give(move.by, undefined, now);
        if (this.holder.actor.id !== move.by.id) this.queue.raise(move.by);
        return NO_OUTPUT;
      case 'lower':
        this.queue.lower(move.by.id);
        return NO_OUTPUT;
      case 'give': {
        if (this.holder?.actor.id === move.to.id) return NO_OUTPUT;
        const ended = this.end();
        return [...ended, ...this.give(move.to, this.queue.take(move.to.id)?.source, now)];
      }
      case 'take':
        return this.free(now);
    }
  }

  remove(source: number, now: number): readonly FloorOutput[] {
    this.microphones.remove(source);
    this.queue.release(source);
    return this.holder?.source === source ? this.free(now) : NO_OUTPUT;
  }

  leave(id: ParticipantId, now: number): readonly FloorOutput[] {
    this.queue.take(id);
    return this.holder?.actor.id === id ? this.free(now) : NO_OUTPUT;
  }

  tick(now: number): readonly FloorOutput[] {
    this.microphones.tick(now);
    return this.holder !== undefined && now >= this.holder.until ? this.free(now) : NO_OUTPUT;
  }

  close(): readonly FloorOutput[] {
    return this.end();
  }

  private press(by: Speaker, now: number): readonly FloorOutput[] {
    const { holder } = this;
    if (holder === undefined) return this.give(by.actor, by.source, now);
    if (holder.actor.id !== by.actor.id) {
      this.queue.press(by);
      return NO_OUTPUT;
    }
    // A second button of the same person changes nothing.
    if (holder.source !== undefined) return NO_OUTPUT;
    holder.source = by.source;
    return this.begin(holder, by.source, now);
  }

  private release(by: Speaker, grant: number | undefined, now: number): readonly FloorOutput[] {
    const { holder } = this;
    if (holder?.actor.id !== by.actor.id) {
      // One that names a grant is about a floor that they have no more, not about their place in the queue.
      if (grant === undefined) this.queue.release(by.source);
      return NO_OUTPUT;
    }
    const stale = grant !== undefined && grant !== holder.grant;
    const elsewhere = holder.source !== undefined && holder.source !== by.source;
    return stale || elsewhere ? NO_OUTPUT : this.free(now);
  }

  /** `source`: of the button that they hold already. */
  private give(actor: Actor, source: number | undefined, now: number): readonly FloorOutput[] {
    this.queue.take(actor.id);
    this.holder = { actor, source, grant: this.grants.next(), heard: false, until: now + BEGIN_MS };
    return source === undefined ? NO_OUTPUT : this.begin(this.holder, source, now);
  }

  private begin(holder: Holder, source: number, now: number): readonly FloorOutput[] {
    const kept = this.microphones.at(source).kept.take();
    if (kept.length === 0) return NO_OUTPUT;
    holder.heard = true;
    holder.until = now + VANISHED_MS;
    return [
      { type: 'start', actor: holder.actor },
      ...kept.map((pcm): FloorOutput => ({ type: 'audio', pcm })),
    ];
  }

  /** Ends the holder's turn; whoever is first in the queue has the next. */
  private free(now: number): readonly FloorOutput[] {
    const ended = this.end();
    const next = this.queue.take();
    return next === undefined ? ended : [...ended, ...this.give(next.actor, next.source, now)];
  }

  private end(): readonly FloorOutput[] {
    const { holder } = this;
    this.holder = undefined;
    return holder?.heard === true ? [{ type: 'end' }] : NO_OUTPUT;
  }
}
