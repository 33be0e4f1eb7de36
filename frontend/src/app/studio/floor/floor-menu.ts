import { Component, computed, inject, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatSnackBar } from '@angular/material/snack-bar';
import { mdiDotsVertical, mdiMicrophoneOff, mdiMicrophonePlus } from '@mdi/js';
import type { FloorAction, Participant } from '@studio/contracts';
import { may } from '@studio/contracts';
import { errorWords } from '../../ui/error-words.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomStore } from '../room-store.ts';

/** What a moderator may do about somebody's floor; nothing for everybody else. */
@Component({
  selector: 'kss-floor-menu',
  imports: [Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    @if (shown()) {
      <button
        type="button"
        data-testid="floor-menu"
        [attr.aria-label]="'Floor of ' + participant().name"
        [matMenuTriggerFor]="menu"
      >
        <kss-icon [path]="icons.mdiDotsVertical" />
      </button>
      <mat-menu #menu="matMenu" xPosition="before">
        @if (has()) {
          <button mat-menu-item type="button" data-testid="floor-take" (click)="act({ action: 'take' })">
            <kss-icon matMenuItemIcon [path]="icons.mdiMicrophoneOff" />
            <span>Take the floor away</span>
          </button>
        } @else {
          <button
            mat-menu-item
            type="button"
            data-testid="floor-give"
            (click)="act({ action: 'give', to: participant().id })"
          >
            <kss-icon matMenuItemIcon [path]="icons.mdiMicrophonePlus" />
            <span>Give the floor</span>
          </button>
        }
      </mat-menu>
    }
  `,
  styles: `
    button:not([mat-menu-item]) {
      display: grid;
      place-items: center;
      width: 32px;
      height: 32px;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: transparent;
      color: inherit;
      cursor: pointer;
    }
    button:not([mat-menu-item]):hover {
      background: color-mix(in srgb, currentcolor 12%, transparent);
    }
    button:not([mat-menu-item]) > kss-icon {
      font-size: 13px;
    }
    [matMenuItemIcon] {
      margin-right: var(--s3);
    }
  `,
})
export class FloorMenu {
  readonly participant = input.required<Participant>();
  readonly #store = inject(RoomStore);
  readonly #snackBar = inject(MatSnackBar);
  protected readonly icons = { mdiDotsVertical, mdiMicrophoneOff, mdiMicrophonePlus };
  protected readonly shown = computed(() => {
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

  protected async act(action: FloorAction): Promise<void> {
    try {
      await this.#store.floor(action);
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }
}
