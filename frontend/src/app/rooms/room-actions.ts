import { Service, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Room } from '@studio/contracts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { Confirm } from '../ui/confirm.ts';
import { errorWords } from '../ui/error-words.ts';

/** What an owner does with a whole room. Each answers whether it was done; why not is told in a snack-bar. */
@Service()
export class RoomActions {
  readonly #api = inject(STUDIO_API);
  readonly #confirm = inject(Confirm);
  readonly #snackBar = inject(MatSnackBar);

  async close(room: Room): Promise<boolean> {
    const wanted = await this.#confirm.ask({
      heading: 'Close the room for all?',
      text: `Everybody leaves “${room.name}”, and nothing more is said until you reopen it. What was said stays, and can be read.`,
      action: 'Close for all',
      danger: true,
    });
    return wanted && this.#do(() => this.#api.setStatus(room.id, 'closed'));
  }

  reopen(room: Room): Promise<boolean> {
    return this.#do(() => this.#api.setStatus(room.id, 'open'), `“${room.name}” is open again.`);
  }

  async delete(room: Room): Promise<boolean> {
    const wanted = await this.#confirm.ask({
      heading: 'Delete the room?',
      text: `“${room.name}” is deleted for everybody, with the whole conversation, its members, its invites and its settings. This cannot be taken back. Export the conversation first if you may need it.`,
      action: 'Delete for ever',
      danger: true,
      typed: room.name,
    });
    return wanted && this.#do(() => this.#api.deleteRoom(room.id), `“${room.name}” is deleted.`);
  }

  async #do(action: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await action();
      if (done !== undefined) this.#snackBar.open(done, 'Close');
      return true;
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
      return false;
    }
  }
}
