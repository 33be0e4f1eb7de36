import { Component, computed, inject } from '@angular/core';
import { mdiEarHearing } from '@mdi/js';
import { may } from '@studio/contracts';
import { Icon } from '../../ui/icon.ts';
import { RoomStore } from '../room-store.ts';
import { heardWords } from './floor-words.ts';
import { HandButton } from './hand-button.ts';
import { PushToTalk } from './push-to-talk.ts';
import { TalkButton } from './talk-button.ts';

/** Whom Gemini hears, and this person's own way to be heard. */
@Component({
  selector: 'kss-floor-bar',
  imports: [HandButton, Icon, TalkButton],
  host: { role: 'group', 'aria-label': 'Who is heard by Gemini', '[class.talks]': 'push.available()' },
  template: `
    <p data-testid="floor" [attr.data-holder]="floor().holder" [class.free]="!heard()">
      <kss-icon [path]="icon" />
      <span class="lines">
        <span class="words">{{ words() }}</span>
        @if (waiting(); as count) {
          <span class="count">{{ count === 1 ? '1 in line' : count + ' in line' }}</span>
        }
      </span>
    </p>
    @if (push.available()) {
      <kss-talk-button />
    }
    @if (mayAsk()) {
      <kss-hand-button />
    }
  `,
  styleUrl: './floor-bar.scss',
})
export class FloorBar {
  protected readonly push = inject(PushToTalk);
  readonly #store = inject(RoomStore);
  protected readonly icon = mdiEarHearing;
  protected readonly floor = computed(() => this.#store.live().floor);
  protected readonly heard = computed(() => this.floor().holder !== null || this.floor().speakers.length > 0);
  protected readonly words = computed(() =>
    heardWords(this.#store.live(), (id) => this.#store.nameOf(id), this.#store.selfId()),
  );
  protected readonly waiting = computed(() => this.floor().queue.length);
  protected readonly mayAsk = computed(() => {
    const role = this.#store.role();
    return role !== undefined && may(role, 'floor.request');
  });
}
