import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  mdiEarHearing,
  mdiHandBackRight,
  mdiMicrophone,
  mdiMicrophoneOff,
  mdiMonitorShare,
  mdiVideo,
} from '@mdi/js';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';
import { ROLE_TITLES } from '../../ui/role-titles.ts';
import { isHeard, ordinal, placeInQueue } from '../floor/floor-words.ts';
import { GeminiOrb } from '../gemini-orb.ts';
import { answersWords, geminiWords } from '../gemini-words.ts';
import { RoomStore } from '../room-store.ts';
import { LobbyAnswers } from './lobby-answers.ts';
import { peopleOrder } from './people-order.ts';
import { PersonMenu } from './person-menu.ts';

/** Everybody in the room, what they send, whose hand is up, and whom Gemini hears. */
@Component({
  selector: 'kss-people-panel',
  imports: [Avatar, GeminiOrb, Icon, MatButton, PersonMenu],
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.scss',
})
export class PeoplePanel {
  readonly #store = inject(RoomStore);
  protected readonly lobby = inject(LobbyAnswers);
  protected readonly roles = ROLE_TITLES;
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
