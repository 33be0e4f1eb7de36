import { Service, computed, inject, signal } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Id, Knock } from '@studio/contracts';
import { may } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { errorWords } from '../../ui/error-words.ts';
import { RoomStore } from '../room-store.ts';

/** Those who wait in the lobby, for whoever may let them in; and the answer to them. */
@Service({ autoProvided: false })
export class LobbyAnswers {
  readonly #api = inject(STUDIO_API);
  readonly #store = inject(RoomStore);
  readonly #snackBar = inject(MatSnackBar);
  /** Answered here; the room has not taken them from the lobby yet. */
  readonly #answered = signal<ReadonlySet<string>>(new Set());

  readonly waiting = computed<readonly Knock[]>(() => {
    const role = this.#store.role();
    if (role === undefined || !may(role, 'room.admit')) return [];
    const answered = this.#answered();
    return this.#store.lobby().filter((knock) => !answered.has(keyOf(knock)));
  });

  /** Lets in everybody who waits. */
  async admitAll(): Promise<void> {
    await Promise.all(this.waiting().map((knock) => this.answer(knock, true)));
  }

  /** Never rejects: who could not be answered goes on waiting, and it is told why. */
  async answer(knock: Knock, admit: boolean): Promise<void> {
    const roomId: Id | undefined = this.#store.room()?.id;
    if (roomId === undefined) return;
    this.#answered.update((known) => new Set([...known, keyOf(knock)]));
    try {
      await this.#api.answerKnock(roomId, knock.id, admit);
    } catch (error) {
      this.#answered.update((known) => new Set([...known].filter((key) => key !== keyOf(knock))));
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }
}

/** Somebody who comes back later knocks anew. */
function keyOf({ id, at }: Knock): string {
  return `${id} ${at}`;
}
