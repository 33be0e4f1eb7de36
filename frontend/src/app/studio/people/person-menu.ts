import { Component, computed, inject, input } from '@angular/core';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatSnackBar } from '@angular/material/snack-bar';
import {
  mdiAccountRemoveOutline,
  mdiCheck,
  mdiCrownOutline,
  mdiDotsVertical,
  mdiHandBackRightOffOutline,
  mdiMicrophoneOff,
  mdiMicrophonePlus,
  mdiShieldAccountOutline,
} from '@mdi/js';
import type { FloorAction, GivenRole, Participant } from '@studio/contracts';
import { may } from '@studio/contracts';
import { errorWords } from '../../ui/error-words.ts';
import { Icon } from '../../ui/icon.ts';
import { ROLE_TITLES } from '../../ui/role-titles.ts';
import { RoundButton } from '../../ui/round-button.ts';
import { RoomStore } from '../room-store.ts';
import { decisions } from './decisions.ts';
import { MemberActions } from './member-actions.ts';

/** What one may do about somebody in the room: floor, microphone, role, door. Nothing for those who may nothing. */
@Component({
  selector: 'kss-person-menu',
  imports: [Icon, MatDivider, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger, RoundButton],
  templateUrl: './person-menu.html',
  styles: `
    [matMenuItemIcon] {
      margin-right: var(--s3);
    }
    .none {
      visibility: hidden;
    }
    .danger {
      --mat-menu-item-label-text-color: var(--mat-sys-error);

      color: var(--mat-sys-error);
    }
  `,
})
export class PersonMenu {
  readonly participant = input.required<Participant>();
  readonly #store = inject(RoomStore);
  readonly #actions = inject(MemberActions);
  readonly #snackBar = inject(MatSnackBar);
  protected readonly titles = ROLE_TITLES;
  protected readonly icons = {
    mdiAccountRemoveOutline,
    mdiCheck,
    mdiCrownOutline,
    mdiDotsVertical,
    mdiHandBackRightOffOutline,
    mdiMicrophoneOff,
    mdiMicrophonePlus,
    mdiShieldAccountOutline,
  };
  protected readonly floor = computed(() => {
    const role = this.#store.role();
    return (
      role !== undefined &&
      may(role, 'floor.moderate') &&
      // What everybody has cannot be given.
      this.#store.live().floor.policy !== 'mix' &&
      may(this.participant().role, 'floor.request')
    );
  });
  protected readonly has = computed(() => this.#store.live().floor.holder === this.participant().id);
  protected readonly may = computed(() => decisions(this.#store.role(), this.participant().role));
  protected readonly decides = computed(() => {
    const { mute, remove, handOver, roles } = this.may();
    return mute || remove || handOver || roles.length > 0;
  });

  protected async act(action: FloorAction): Promise<void> {
    try {
      await this.#store.floor(action);
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }

  protected mute(): void {
    const room = this.#store.room();
    if (room) void this.#actions.mute(room, this.participant());
  }

  protected setRole(role: GivenRole): void {
    const room = this.#store.room();
    if (room && role !== this.participant().role) void this.#actions.setRole(room, this.participant(), role);
  }

  protected remove(): void {
    const room = this.#store.room();
    if (room) void this.#actions.remove(room, this.participant());
  }

  protected handOver(): void {
    const room = this.#store.room();
    if (room) void this.#actions.handOver(room, this.participant());
  }
}
