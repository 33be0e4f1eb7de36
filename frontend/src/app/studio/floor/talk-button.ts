import { MediaMatcher } from '@angular/cdk/layout';
import type { ElementRef } from '@angular/core';
import { Component, computed, inject, viewChild } from '@angular/core';
import { mdiLock, mdiMicrophone, mdiTimerSandEmpty } from '@mdi/js';
import { loudness } from '../../media/loudness.ts';
import { Microphone } from '../../media/microphone.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomStore } from '../room-store.ts';
import { ordinal, placeInQueue } from './floor-words.ts';
import { PushToTalk } from './push-to-talk.ts';
import { clickedOf, spaceIsFree } from './space-key.ts';

/** Held while one talks: with a finger, the mouse or the space key. A tap, Enter or a screen reader keeps it down. */
@Component({
  selector: 'kss-talk-button',
  imports: [Icon],
  host: {
    '(document:focusin)': 'clicked = clickedOf($event.target)',
    '(document:keydown)': 'onKeyDown($event)',
    '(document:keyup)': 'onKeyUp($event)',
    '(window:blur)': 'onBlur()',
  },
  template: `
    <button
      #button
      type="button"
      data-testid="talk"
      [attr.data-talk]="push.talk()"
      [attr.aria-pressed]="down()"
      [style.--loud]="loud()"
      (pointerdown)="onPointerDown($event)"
      (pointerup)="push.lift($event.timeStamp)"
      (lostpointercapture)="push.lose()"
      (contextmenu)="$event.preventDefault()"
      (click)="onClick($event)"
    >
      <kss-icon [path]="icon()" />
      <span class="words">
        <span class="main">{{ words().main }}</span>
        <span class="hint">{{ words().hint }}</span>
      </span>
    </button>
  `,
  styleUrl: './talk-button.scss',
})
export class TalkButton {
  protected readonly push = inject(PushToTalk);
  readonly #store = inject(RoomStore);
  readonly #microphone = inject(Microphone);
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');
  /** A finger has no space key. */
  readonly #hint = inject(MediaMatcher).matchMedia('(hover: none)').matches
    ? 'or tap to lock'
    : 'or hold Space · click to lock';
  #spaceHeld = false;
  /** What has the focus from a click. */
  protected clicked = clickedOf(document.activeElement);
  protected readonly clickedOf = clickedOf;

  protected readonly down = computed(() => !['idle', 'yours'].includes(this.push.talk()));
  protected readonly loud = computed(() =>
    this.push.talk() === 'talking' ? loudness(this.#microphone.level()) : 0,
  );
  protected readonly icon = computed(() => {
    if (this.push.talk() === 'waiting') return mdiTimerSandEmpty;
    return this.push.locked() ? mdiLock : mdiMicrophone;
  });
  protected readonly words = computed(() => {
    const locked = this.push.locked();
    switch (this.push.talk()) {
      case 'idle':
        return { main: 'Hold to talk', hint: this.#hint };
      case 'yours':
        return { main: 'Hold to talk', hint: 'it is your turn' };
      case 'asking':
        return { main: 'One moment…', hint: 'asking for the floor' };
      case 'waiting': {
        const place = placeInQueue(this.#store.live().floor, this.#store.selfId()) ?? 1;
        return {
          main: `${ordinal(place)} in line`,
          hint: locked ? 'press again to give up' : 'keep holding',
        };
      }
      case 'talking':
        return { main: 'You have the floor', hint: locked ? 'press again to end' : 'let go to end' };
    }
  });

  protected onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    // The focus stays where it is; the pointer stays ours, wherever it goes.
    event.preventDefault();
    this.button().nativeElement.setPointerCapture(event.pointerId);
    this.push.press(event.timeStamp);
  }

  protected onClick(event: MouseEvent): void {
    // A pointer has pressed and lifted already; this is a key or a screen reader.
    if (event.detail === 0) this.push.toggle();
  }

  protected onKeyDown(event: KeyboardEvent): void {
    if (event.code !== 'Space' || event.ctrlKey || event.metaKey || event.altKey) return;
    const own = event.target === this.button().nativeElement;
    if (!this.#spaceHeld && !own && !spaceIsFree(event.target, this.clicked)) return;
    event.preventDefault();
    if (this.#spaceHeld || event.repeat) return;
    this.#spaceHeld = true;
    this.push.press(event.timeStamp);
  }

  protected onKeyUp(event: KeyboardEvent): void {
    if (event.code !== 'Space' || !this.#spaceHeld) return;
    // Some browsers click a button when the key comes up.
    event.preventDefault();
    this.#spaceHeld = false;
    this.push.lift(event.timeStamp);
  }

  protected onBlur(): void {
    this.#spaceHeld = false;
    this.push.lose();
  }
}
