import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import type { Room } from '@studio/contracts';
import { LIMITS } from '@studio/contracts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { errorWords } from '../ui/error-words.ts';

/** Asks what a new room is called and who may find it; closes with the room that was made. */
@Component({
  selector: 'kss-create-room-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    MatRadioButton,
    MatRadioGroup,
  ],
  template: `
    <form (submit)="$event.preventDefault(); create()">
      <h2 mat-dialog-title>Create a room</h2>
      <mat-dialog-content>
        <div class="fields">
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>What is it about?</mat-label>
            <input
              matInput
              cdkFocusInitial
              data-testid="room-name"
              name="room"
              autocomplete="off"
              [attr.maxlength]="longest"
              [value]="name()"
              (input)="name.set($any($event.target).value)"
            />
          </mat-form-field>
          <h3 id="who-can-find">Who can find it?</h3>
          <mat-radio-group
            aria-labelledby="who-can-find"
            [value]="visibility()"
            (change)="visibility.set($event.value)"
          >
            <mat-radio-button value="listed">
              Everyone here <span class="detail">It stands in the list of rooms.</span>
            </mat-radio-button>
            <mat-radio-button value="link">
              Only people with the link <span class="detail">It stays out of everybody else’s list.</span>
            </mat-radio-button>
          </mat-radio-group>
          @if (problem(); as words) {
            <p role="alert">{{ words }}</p>
          }
        </div></mat-dialog-content
      >
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" data-testid="create-confirm" [disabled]="!ready()">
          {{ busy() ? 'Creating…' : 'Create room' }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    .fields {
      padding-top: var(--s2);
    }
    mat-form-field {
      width: 100%;
    }
    h3 {
      margin: var(--s5) 0 var(--s2);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-small);
    }
    mat-radio-group {
      display: grid;
      gap: var(--s1);
      margin-left: -10px;
    }
    .detail {
      display: block;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    p {
      margin-top: var(--s4);
      color: var(--mat-sys-error);
    }
    mat-dialog-actions {
      padding: var(--s3) var(--s5) var(--s5);
    }
  `,
})
export class CreateRoomDialog {
  readonly #api = inject(STUDIO_API);
  readonly #dialog = inject<MatDialogRef<CreateRoomDialog, Room>>(MatDialogRef);
  protected readonly longest = LIMITS.nameCharacters;
  protected readonly name = signal('');
  protected readonly visibility = signal<Room['visibility']>('listed');
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly ready = computed(() => !this.busy() && this.name().trim() !== '');

  protected async create(): Promise<void> {
    if (!this.ready()) return;
    this.busy.set(true);
    this.problem.set(undefined);
    try {
      this.#dialog.close(await this.#api.createRoom({ name: this.name(), visibility: this.visibility() }));
    } catch (error) {
      this.problem.set(errorWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
