import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Service, computed, effect, inject, untracked } from '@angular/core';
import type { Event } from '@studio/contracts';
import { GEMINI_ID } from '@studio/contracts';
import { ordinal, placeInQueue } from './floor/floor-words.ts';
import { geminiWords } from './gemini-words.ts';
import { RoomStore } from './room-store.ts';

/** Longer lines are cut for those who hear the page, in characters. */
const LONGEST = 240;

/** Tells those who hear the page, and do not see it, what they would miss: what others write, what Gemini has said, the floor, trouble. */
@Service({ autoProvided: false })
export class RoomAnnouncer {
  readonly #store = inject(RoomStore);
  readonly #announcer = inject(LiveAnnouncer);
  #announced: number | undefined;
  #wasAway = false;
  #wasUnavailable = false;
  #floorSaid = '';

  /** What this person has to know of the floor; empty: nothing. */
  readonly #ownFloor = computed(() => {
    const { floor } = this.#store.live();
    const selfId = this.#store.selfId();
    if (floor.policy !== 'mix' && floor.holder !== null && floor.holder === selfId)
      return floor.policy === 'open' ? 'Gemini hears you.' : 'You have the floor.';
    const place = placeInQueue(floor, selfId);
    return place === undefined ? '' : `You are ${ordinal(place)} in line.`;
  });
  readonly #trouble = computed(() => {
    const live = this.#store.live();
    return live.state === 'unavailable' ? `Gemini: ${geminiWords(live)}` : '';
  });

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
    effect(() => {
      const said = this.#ownFloor();
      if (said !== '') this.#say(said);
      else if (this.#floorSaid === 'You have the floor.') this.#say('You do not have the floor any more.');
      this.#floorSaid = said;
    });
    effect(() => {
      const trouble = this.#trouble();
      if (trouble !== '') this.#say(trouble);
      else if (this.#wasUnavailable) this.#say('Gemini is back.');
      this.#wasUnavailable = trouble !== '';
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
    } else if (body.type === 'live.settings') this.#say(`${actor.name} changed how Gemini takes part.`);
    else if (body.type === 'room.changed')
      this.#say(`${actor.name} changed the room. ${body.changes.join('. ')}`);
  }

  #say(text: string): void {
    void this.#announcer.announce(text, 'polite');
  }
}
