import { Service, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { GivenRole, Id, Room } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { Confirm } from '../../ui/confirm.ts';
import { errorWords } from '../../ui/error-words.ts';
import { ROLE_TITLES } from '../../ui/role-titles.ts';

export interface Somebody {
  readonly id: Id;
  readonly name: string;
}

/** What is decided about the people of a room. Each answers whether it was done; why not is told in a snack-bar. */
@Service()
export class MemberActions {
  readonly #api = inject(STUDIO_API);
  readonly #confirm = inject(Confirm);
  readonly #snackBar = inject(MatSnackBar);

  mute(room: Room, { id }: Somebody): Promise<boolean> {
    return this.#do(() => this.#api.mute(room.id, id));
  }

  setRole(room: Room, { id, name }: Somebody, role: GivenRole): Promise<boolean> {
    const done = `${name} is a ${ROLE_TITLES[role].toLowerCase()} now.`;
    return this.#do(() => this.#api.setRole(room.id, id, role), done);
  }

  async remove(room: Room, { id, name }: Somebody): Promise<boolean> {
    const wanted = await this.#confirm.ask({
      heading: `Remove ${name}?`,
      text: `${name} leaves “${room.name}” at once, and cannot come back until you or another moderator takes them back. What they said stays.`,
      action: 'Remove',
      danger: true,
    });
    return wanted && this.#do(() => this.#api.removeMember(room.id, id), `${name} was removed.`);
  }

  restore(room: Room, { id, name }: Somebody): Promise<boolean> {
    return this.#do(() => this.#api.restoreMember(room.id, id), `${name} may come back.`);
  }

  async handOver(room: Room, { id, name }: Somebody): Promise<boolean> {
    const wanted = await this.#confirm.ask({
      heading: `Hand the room over to ${name}?`,
      text: `${name} becomes the owner of “${room.name}”: only they can close it, delete it, or hand it over again. You become a moderator.`,
      action: 'Hand over',
    });
    return wanted && this.#do(() => this.#api.handOver(room.id, id), `${name} is the owner now.`);
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
