import { DestroyRef, Service, inject, signal } from '@angular/core';
import { waitForAdmission } from '@studio/client';
import { StudioError } from '@studio/contracts';
import type { EnterBody, RoomId } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

export type EntranceState =
  | { readonly state: 'outside' }
  | { readonly state: 'asking' }
  /** In the lobby: the people in the room are asked. */
  | { readonly state: 'waiting' }
  /** The passcode is missing or wrong. */
  | { readonly state: 'passcode'; readonly reason: string }
  /** Whoever was asked said no. */
  | { readonly state: 'refused' }
  | { readonly state: 'failed'; readonly reason: string };

/** The way into a room: with what one has to bring, and the patience that it takes. */
@Service({ autoProvided: false })
export class Entrance {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #state = signal<EntranceState>({ state: 'outside' });
  readonly state = this.#state.asReadonly();
  #attempt: AbortController | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.cancel());
  }

  /**
   * Asks to enter, and waits in the lobby for as long as nobody has answered. Never rejects: see {@link state}.
   * @returns whether the person is in
   */
  async enter(roomId: RoomId, brings: EnterBody): Promise<boolean> {
    this.cancel();
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#state.set({ state: 'asking' });
    const { signal } = attempt;
    let waited = false;
    const onWaiting = () => {
      waited = true;
      if (!signal.aborted) this.#state.set({ state: 'waiting' });
    };
    try {
      await waitForAdmission({ api: this.#api, roomId, with: brings, signal, onWaiting });
      return !signal.aborted;
    } catch (error) {
      if (!signal.aborted) this.#refused(StudioError.from(error), waited);
      return false;
    }
  }

  /** Goes away from the door. */
  cancel(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#state.set({ state: 'outside' });
  }

  #refused({ code, message }: StudioError, waited: boolean): void {
    if (code === 'unauthenticated') this.#session.expired();
    if (code === 'passcode') this.#state.set({ state: 'passcode', reason: message });
    else if (code === 'forbidden' && waited) this.#state.set({ state: 'refused' });
    else this.#state.set({ state: 'failed', reason: message });
  }
}
