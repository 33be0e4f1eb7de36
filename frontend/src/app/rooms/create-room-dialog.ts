import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { Room } from '@studio/contracts';
import { LIMITS, Passcode } from '@studio/contracts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { errorWords } from '../ui/error-words.ts';
import { VISIBILITIES } from './room-words.ts';

/** Asks what a new room is called and who may enter it; closes with the room that was made. */
@Component({
  selector: 'kss-create-room-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    MatRadioButton,
    MatRadioGroup,
    MatSlideToggle,
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
          <h3 id="who-may-enter">Who may enter?</h3>
          <mat-radio-group
            aria-labelledby="who-may-enter"
            [value]="visibility()"
            (change)="visibility.set($event.value)"
          >
            @for (choice of visibilities; track choice.value) {
              <mat-radio-button [value]="choice.value" [attr.data-testid]="'visibility-' + choice.value">
                {{ choice.title }} <span class="detail">{{ choice.detail }}</span>
              </mat-radio-button>
            }
          </mat-radio-group>
          <mat-slide-toggle data-testid="room-lobby" [checked]="lobby()" (change)="lobby.set($event.checked)">
            <span class="switch"
              >Lobby <span class="detail">Newcomers wait until you or a moderator lets them in.</span></span
            >
          </mat-slide-toggle>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>Passcode (optional)</mat-label>
            <input
              matInput
              data-testid="room-passcode"
              name="passcode"
              autocomplete="off"
              spellcheck="false"
              maxlength="64"
              [value]="passcode()"
              (input)="passcode.set($any($event.target).value)"
            />
            <mat-hint>{{
              tooShort() ? 'At least 4 characters.' : 'Newcomers without an invite need it.'
            }}</mat-hint>
          </mat-form-field>
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
    mat-slide-toggle {
      display: block;
      margin: var(--s4) 0;
    }
    .switch {
      display: block;
      padding-left: var(--s2);
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
  protected readonly visibilities = VISIBILITIES;
  protected readonly lobby = signal(false);
  protected readonly passcode = signal('');
  protected readonly tooShort = computed(
    () => this.passcode() !== '' && !Passcode.safeParse(this.passcode()).success,
  );
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly ready = computed(() => !this.busy() && this.name().trim() !== '' && !this.tooShort());

  protected async create(): Promise<void> {
    if (!this.ready()) return;
    this.busy.set(true);
    this.problem.set(undefined);
    try {
      this.#dialog.close(
        await this.#api.createRoom({
          name: this.name(),
          visibility: this.visibility(),
          lobby: this.lobby(),
          passcode: this.passcode() || null,
        }),
      );
    } catch (error) {
      this.problem.set(errorWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
