import type { Actor, FloorStatus, ParticipantId } from '@studio/contracts';
import { BEGIN_MS, NO_OUTPUT } from './floor.ts';
import type { Floor, FloorMove, FloorOutput, Speaker } from './floor.ts';
import { FloorQueue } from './floor-queue.ts';
import type { Grants } from './grants.ts';
import type { VoiceOptions } from './microphone.ts';
import { Microphones, VANISHED_MS } from './microphones.ts';

/** Audio of before the first noticed speech that is heard, milliseconds, so that no onset is lost. */
const PRE_ROLL_MS = 300;
/** Of what somebody says while another has the floor, the newest this much is kept, milliseconds. */
const BACKLOG_MS = 5_000;

interface Holder {
  readonly actor: Actor;
  /** The microphone they speak into; undefined: a moderator gave them the floor and they have not begun. */
  source: number | undefined;
  /** When they lose the floor, unless they begin or are heard again by then. */
  until: number;
}

/**
 * The floor policy `open`: who speaks first holds the floor until they are silent, and only they are heard by Gemini. Whoever speaks
 * meanwhile gets it next, from their first word on as far as their backlog reaches. Raised hands are only shown. A moderator may give the
 * floor to somebody, who is waited for, and take it from somebody, who is not heard until they have been silent.
 */
export class OpenFloor implements Floor {
  readonly tickMs = 100;
  private readonly grants: Grants;
  private preRollMs: number;
  private readonly microphones: Microphones;
  private readonly hands = new FloorQueue();
  private holder: Holder | undefined;

  constructor(options: VoiceOptions, grants: Grants) {
    this.grants = grants;
    this.preRollMs = PRE_ROLL_MS + (options.onsetMs ?? 0);
    this.microphones = new Microphones(options);
  }

  get speaking(): boolean {
    return this.holder?.source !== undefined;
  }

  get inView(): ParticipantId | undefined {
    return this.holder?.actor.id;
  }

  status(): FloorStatus {
    const { holder } = this;
    return {
      policy: 'open',
      holder: holder?.actor.id ?? null,
      grant: this.grants.current,
      speakers: holder?.source === undefined ? [] : [holder.actor.id],
      queue: this.hands.ids,
    };
  }

  tune(options: VoiceOptions): void {
    this.preRollMs = PRE_ROLL_MS + (options.onsetMs ?? 0);
    this.microphones.tune(options);
  }

  frame(speaker: Speaker, pcm: Uint8Array, now: number): readonly FloorOutput[] {
    const { source, actor } = speaker;
    const microphone = this.microphones.at(source);
    microphone.listen(pcm, now);
    if (this.holder?.source === source) {
      this.holder.until = now + VANISHED_MS;
      const audio: FloorOutput = { type: 'audio', pcm };
      return microphone.speaking ? [audio] : [audio, ...this.end()];
    }
    microphone.kept.add(pcm, microphone.speaking ? Math.max(BACKLOG_MS, this.preRollMs) : this.preRollMs);
    const free =
      this.holder === undefined || (this.holder.source === undefined && this.holder.actor.id === actor.id);
    return free && microphone.speaking ? this.begin(speaker, now) : NO_OUTPUT;
  }

  move(move: FloorMove, now: number): readonly FloorOutput[] {
    switch (move.action) {
      case 'raise':
        if (this.holder?.actor.id !== move.by.id) this.hands.raise(move.by);
        return NO_OUTPUT;
      case 'lower':
        this.hands.lower(move.by.id);
        return NO_OUTPUT;
      case 'give': {
        if (this.holder?.actor.id === move.to.id) return NO_OUTPUT;
        const ended = this.take();
        this.hold(move.to, undefined, now + BEGIN_MS);
        return ended;
      }
      case 'take':
        return this.take();
      case 'press':
      case 'release':
        // There is no button: speaking is enough.
        return NO_OUTPUT;
    }
  }

  remove(source: number): readonly FloorOutput[] {
    this.microphones.remove(source);
    return this.holder?.source === source ? this.end() : NO_OUTPUT;
  }

  leave(id: ParticipantId): readonly FloorOutput[] {
    this.hands.take(id);
    return this.holder?.actor.id === id ? this.end() : NO_OUTPUT;
  }

  tick(now: number): readonly FloorOutput[] {
    this.microphones.tick(now);
    return this.holder !== undefined && now >= this.holder.until ? this.end() : NO_OUTPUT;
  }

  close(): readonly FloorOutput[] {
    return this.end();
  }

  private begin({ actor, source }: Speaker, now: number): readonly FloorOutput[] {
    if (this.holder === undefined) this.hold(actor, source, now + VANISHED_MS);
    else {
      this.holder.source = source;
      this.holder.until = now + VANISHED_MS;
    }
    const kept = this.microphones.at(source).kept.take();
    return [{ type: 'start', actor }, ...kept.map((pcm): FloorOutput => ({ type: 'audio', pcm }))];
  }

  private hold(actor: Actor, source: number | undefined, until: number): void {
    this.holder = { actor, source, until };
    this.grants.next();
    this.hands.take(actor.id);
  }

  private take(): readonly FloorOutput[] {
    if (this.holder?.source !== undefined) this.microphones.at(this.holder.source).hush();
    return this.end();
  }

  /** Somebody who speaks already gets the floor with their next frame. */
  private end(): readonly FloorOutput[] {
    const { holder } = this;
    this.holder = undefined;
    return holder?.source === undefined ? NO_OUTPUT : [{ type: 'end' }];
  }
}
