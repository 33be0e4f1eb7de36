import { Service, effect, inject, untracked } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Role } from '@studio/contracts';
import { may } from '@studio/contracts';
import { Camera } from '../media/camera.ts';
import { Microphone } from '../media/microphone.ts';
import { ScreenShare } from '../media/screen-share.ts';
import { RoomStore } from './room-store.ts';

/** What one is from now on, and may do. */
const ROLE_NEWS: Record<Role, string> = {
  owner: 'You are the owner of this room now.',
  moderator: 'You are a moderator now: you can set up the room, and let people in and out.',
  member: 'You are a member now: you can speak, write and show.',
  viewer: 'You are a viewer now: you can see, hear and read.',
};

/** What others decide about this person takes effect on this person's devices at once, and is told. */
@Service({ autoProvided: false })
export class Moderated {
  readonly #store = inject(RoomStore);
  readonly #microphone = inject(Microphone);
  readonly #camera = inject(Camera);
  readonly #screen = inject(ScreenShare);
  readonly #snackBar = inject(MatSnackBar);
  #role: Role | undefined;

  constructor() {
    effect((onCleanup) => {
      const stop = this.#store.connection()?.on('muted', ({ by }) => {
        this.#microphone.setMuted(true);
        this.#tell(`${by.name} switched your microphone off.`);
      });
      if (stop) onCleanup(stop);
    });
    effect(() => {
      const role = this.#store.role();
      if (role !== undefined) untracked(() => this.#onRole(role));
    });
  }

  #onRole(role: Role): void {
    if (!may(role, 'microphone.send')) this.#microphone.setMuted(true);
    if (!may(role, 'camera.send')) this.#camera.stop();
    if (!may(role, 'screen.send')) this.#screen.stop();
    if (this.#role !== undefined && role !== this.#role) this.#tell(ROLE_NEWS[role]);
    this.#role = role;
  }

  #tell(text: string): void {
    this.#snackBar.open(text, 'Close');
  }
}
