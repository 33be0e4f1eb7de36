import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Service, effect, inject, untracked } from '@angular/core';
import type { Event } from '@studio/contracts';
import { GEMINI_ID } from '@studio/contracts';
import { RoomStore } from './room-store.ts';

/** Longer lines are cut for those who hear the page, in characters. */
const LONGEST = 240;

/** Tells those who hear the page, and do not see it, what they would miss: what others write, what Gemini has said, trouble. */
@Service({ autoProvided: false })
export class RoomAnnouncer {
  readonly #store = inject(RoomStore);
  readonly #announcer = inject(LiveAnnouncer);
  #announced: number | undefined;
  #wasAway = false;

  constructor() {
    effect(() => {
      const last = this.#store.events().at(-1);
      if (last) untracked(() => this.#onNewest(last));
    });
    effect(() => {
      const away = this.#store.state() === 'reconnecting';
      if (away) this.#say('Connection lost. Reconnecting.');
      else if (this.#wasAway) this.#say('Connected again.');
      this.#wasAway = away;
    });
  }

  #onNewest(event: Event): void {
    const first = this.#announced === undefined;
    if (event.seq <= (this.#announced ?? 0)) return;
    this.#announced = event.seq;
    if (first || event.actor.id === this.#store.selfId()) return;
    const { actor, body } = event;
    // What people say is heard; what Gemini says is heard too, yet its text may be all there is when sound is off.
    if (body.type === 'chat' || (body.type === 'speech' && actor.id === GEMINI_ID)) {
      this.#say(`${actor.name}: ${body.text.slice(0, LONGEST)}`);
    }
  }

  #say(text: string): void {
    void this.#announcer.announce(text, 'polite');
  }
}
