import { Service, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { FloorAction, FloorStatus } from '@studio/contracts';
import { StudioError, may } from '@studio/contracts';
import { AudioEngine } from '../../media/audio-engine.ts';
import { Microphone } from '../../media/microphone.ts';
import { errorWords } from '../../ui/error-words.ts';
import { RoomStore } from '../room-store.ts';
import { pressAfter } from './floor-change.ts';
import type { HoldGesture } from './hold-gesture.ts';
import { LET_GO, lifted, lost, pressed, toggled } from './hold-gesture.ts';

/** `asking`: pressed, and no answer yet; `yours`: this person has the floor, but does not hold the button here. */
export type Talk = 'idle' | 'asking' | 'waiting' | 'talking' | 'yours';

/** This person's button to talk: asks for the floor while it is down, and opens the microphone if it is closed. */
@Service({ autoProvided: false })
export class PushToTalk {
  readonly #store = inject(RoomStore);
  readonly #microphone = inject(Microphone);
  readonly #engine = inject(AudioEngine);
  readonly #snackBar = inject(MatSnackBar);
  readonly #gesture = signal<HoldGesture>(LET_GO);
  readonly #floor = computed(() => this.#store.live().floor);
  /** Whether the microphone was opened for the press, and is closed after it. */
  #opened = false;
  #last: { readonly floor: FloorStatus; readonly connectionId: string | undefined } | undefined;

  /** Whether this room talks by holding a button, and this person may. */
  readonly available = computed(() => {
    const role = this.#store.role();
    return this.#floor().policy === 'push-to-talk' && role !== undefined && may(role, 'floor.request');
  });
  readonly locked = computed(() => this.#gesture().locked);
  readonly #down = computed(() => this.available() && this.#gesture().down);
  readonly talk = computed<Talk>(() => {
    const { holder, queue } = this.#floor();
    const selfId = this.#store.selfId() ?? '';
    if (!this.#down()) return holder === selfId ? 'yours' : 'idle';
    if (holder === selfId) return 'talking';
    return queue.includes(selfId) ? 'waiting' : 'asking';
  });
  constructor() {
    effect(() => {
      // With every new connection anew: the room forgets what the one before had pressed.
      const connectionId = this.#store.connectionId();
      if (this.#down() && connectionId !== undefined) untracked(() => this.#ask({ action: 'press' }));
    });
    effect(() => {
      const floor = this.#floor();
      const connectionId = this.#store.connectionId();
      untracked(() => this.#onFloor(floor, connectionId));
    });
    effect(() => {
      // Also while one waits: what is said then is kept until its turn comes.
      const open = this.#down();
      untracked(() => (open ? this.#openMicrophone() : this.#closeMicrophone()));
    });
    effect(() => {
      if (this.#microphone.problem() !== undefined) untracked(() => this.cancel());
    });
    effect(() => {
      if (!this.available() && untracked(this.#gesture).down) this.#gesture.set(LET_GO);
    });
  }

  press(at: number): void {
    this.#change(pressed(this.#gesture(), at));
  }

  lift(at: number): void {
    this.#change(lifted(this.#gesture(), at));
  }

  toggle(): void {
    this.#change(toggled(this.#gesture()));
  }

  /** The hand that held it is not seen any more. */
  lose(): void {
    this.#change(lost(this.#gesture()));
  }

  cancel(): void {
    this.#change(LET_GO);
  }

  #change(next: HoldGesture): void {
    const before = this.#down();
    this.#gesture.set(next);
    if (!before && this.#down()) {
      this.#engine.unlock();
      if (this.#microphone.state() === 'off') {
        // Closed again after the press, like one that was muted before.
        this.#microphone.setMuted(true);
        void this.#microphone.start();
      }
    } else if (before && !this.#down()) this.#giveBack();
  }

  #giveBack(): void {
    const { holder, grant } = this.#floor();
    this.#closeMicrophone();
    this.#ask(holder === this.#store.selfId() ? { action: 'release', grant } : { action: 'release' });
  }

  #onFloor(floor: FloorStatus, connectionId: string | undefined): void {
    const before = this.#last;
    this.#last = { floor, connectionId };
    // What another connection had pressed went with it; the new one presses anew.
    if (!before || before.connectionId !== connectionId || !this.#down()) return;
    const press = pressAfter(before.floor, floor, this.#store.selfId() ?? '');
    if (press === 'lost') this.#ask({ action: 'press' });
    else if (press === 'taken') {
      this.#gesture.set(LET_GO);
      this.#snackBar.open('You do not have the floor any more.', 'Close');
    }
  }

  #openMicrophone(): void {
    if (!this.#microphone.muted()) return;
    this.#opened = true;
    this.#microphone.setMuted(false);
  }

  #closeMicrophone(): void {
    if (!this.#opened) return;
    this.#opened = false;
    this.#microphone.setMuted(true);
  }

  #ask(action: FloorAction): void {
    this.#store.floor(action).catch((error: unknown) => {
      // The next connection presses again, and has nothing to release.
      if (error instanceof StudioError && error.code === 'unavailable') return;
      if (action.action === 'press') this.#gesture.set(LET_GO);
      this.#snackBar.open(errorWords(error), 'Close');
    });
  }
}
