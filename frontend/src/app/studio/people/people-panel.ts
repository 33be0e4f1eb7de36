import { Component, computed, inject } from '@angular/core';
import {
  mdiEarHearing,
  mdiHandBackRight,
  mdiMicrophone,
  mdiMicrophoneOff,
  mdiMonitorShare,
  mdiVideo,
} from '@mdi/js';
import type { Participant } from '@studio/contracts';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';
import { FloorMenu } from '../floor/floor-menu.ts';
import { isHeard, ordinal, placeInQueue } from '../floor/floor-words.ts';
import { GeminiOrb } from '../gemini-orb.ts';
import { answersWords, geminiWords } from '../gemini-words.ts';
import { RoomStore } from '../room-store.ts';
import { peopleOrder } from './people-order.ts';

const ROLES: Record<Participant['role'], string> = {
  owner: 'Owner',
  moderator: 'Moderator',
  member: 'Member',
  viewer: 'Viewer',
};

/** Everybody in the room, what they send, whose hand is up, and whom Gemini hears. */
@Component({
  selector: 'kss-people-panel',
  imports: [Avatar, FloorMenu, GeminiOrb, Icon],
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.scss',
})
export class PeoplePanel {
  readonly #store = inject(RoomStore);
  protected readonly roles = ROLES;
  protected readonly icons = {
    mdiEarHearing,
    mdiHandBackRight,
    mdiMicrophone,
    mdiMicrophoneOff,
    mdiMonitorShare,
    mdiVideo,
  };
  protected readonly live = this.#store.live;
  protected readonly doing = computed(() => geminiWords(this.live()));
  protected readonly answers = computed(() => `answers ${answersWords(this.live().addressing)}`);
  protected readonly rows = computed(() => {
    const { floor } = this.live();
    return peopleOrder(this.#store.participants(), floor).map((participant) => {
      const place = placeInQueue(floor, participant.id);
      return {
        participant,
        self: participant.id === this.#store.selfId(),
        heard: isHeard(this.live(), participant.id),
        hand: place === undefined ? undefined : ordinal(place),
      };
    });
  });
}
