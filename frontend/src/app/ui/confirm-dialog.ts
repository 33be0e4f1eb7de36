import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { Question } from './confirm.ts';

/** Asks before something that cannot be taken back; closes with true when it is wanted. */
@Component({
  selector: 'kss-confirm-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
  ],
  template: `
    <h2 mat-dialog-title>{{ question.heading }}</h2>
    <mat-dialog-content>
      <p>{{ question.text }}</p>
      @if (question.typed; as expected) {
        <p class="type">
          Type <b>{{ expected }}</b> to go on.
        </p>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>Name of the room</mat-label>
          <input
            matInput
            cdkFocusInitial
            data-testid="confirm-typed"
            autocomplete="off"
            spellcheck="false"
            [value]="typed()"
            (input)="typed.set($any($event.target).value)"
          />
        </mat-form-field>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Cancel</button>
      <button
        matButton="filled"
        type="button"
        data-testid="confirm"
        [class.danger]="question.danger"
        [disabled]="!ready()"
        [mat-dialog-close]="true"
      >
        {{ question.action }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      font: var(--mat-sys-body-large);
      text-wrap: pretty;
    }
    .type {
      margin: var(--s4) 0 var(--s3);
    }
    mat-form-field {
      width: 100%;
    }
    .danger:not([disabled]) {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
    mat-dialog-actions {
      padding: var(--s3) var(--s5) var(--s5);
    }
  `,
})
export class ConfirmDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
  protected readonly typed = signal('');
  protected readonly ready = computed(
    () => this.question.typed === undefined || this.typed().trim() === this.question.typed,
  );
}
