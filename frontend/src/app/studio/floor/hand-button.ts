import { Component, computed, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { MatTooltip } from '@angular/material/tooltip';
import { mdiHandBackRight, mdiHandBackRightOutline } from '@mdi/js';
import { errorWords } from '../../ui/error-words.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomStore } from '../room-store.ts';
import { ordinal, placeInQueue } from './floor-words.ts';

/** Raises this person's hand, and lowers it; says which one in line it is. */
@Component({
  selector: 'kss-hand-button',
  imports: [Icon, MatTooltip],
  template: `
    <button
      type="button"
      data-testid="hand"
      aria-label="Raise hand"
      [class.up]="place() !== undefined"
      [attr.aria-pressed]="place() !== undefined"
      [matTooltip]="place() === undefined ? 'Raise your hand' : 'Lower your hand'"
      (mousedown)="$event.preventDefault()"
      (click)="toggle()"
    >
      <kss-icon [path]="place() === undefined ? icons.mdiHandBackRightOutline : icons.mdiHandBackRight" />
      <span class="words">{{ words() }}</span>
    </button>
  `,
  styles: `
    button {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: var(--s2);
      min-width: 44px;
      height: 44px;
      padding: 0 var(--s4) 0 var(--s3);
      border: 0;
      border-radius: 22px;
      background: var(--mat-sys-surface-container-highest);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-large);
      white-space: nowrap;
      cursor: pointer;
      transition:
        background 120ms,
        border-radius 160ms;
    }
    button:hover {
      background: color-mix(in srgb, var(--mat-sys-on-surface) 8%, var(--mat-sys-surface-container-highest));
    }
    .words {
      min-width: 68px;
      text-align: start;
    }
    .up,
    .up:hover {
      border-radius: 14px;
      background: var(--attention-container);
      color: var(--on-attention-container);
    }
    kss-icon {
      font-size: 14px;
    }
  `,
})
export class HandButton {
  readonly #store = inject(RoomStore);
  readonly #snackBar = inject(MatSnackBar);
  protected readonly icons = { mdiHandBackRight, mdiHandBackRightOutline };
  protected readonly place = computed(() => placeInQueue(this.#store.live().floor, this.#store.selfId()));
  protected readonly words = computed(() => {
    const place = this.place();
    return place === undefined ? 'Raise hand' : `${ordinal(place)} in line`;
  });

  protected async toggle(): Promise<void> {
    try {
      await this.#store.floor({ action: this.place() === undefined ? 'raise' : 'lower' });
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }
}
