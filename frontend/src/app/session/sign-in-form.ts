import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { LIMITS } from '@studio/contracts';
import { errorWords } from '../ui/error-words.ts';
import { SessionStore } from './session-store.ts';

/** Asks a guest for a name, once; the session cookie keeps it. */
@Component({
  selector: 'kss-sign-in-form',
  imports: [MatButton, MatFormField, MatHint, MatInput, MatLabel],
  template: `
    <form (submit)="$event.preventDefault(); signIn()">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>Your name</mat-label>
        <input
          matInput
          data-testid="sign-in-name"
          name="name"
          autocomplete="name"
          [attr.maxlength]="longest"
          [value]="name()"
          (input)="name.set($any($event.target).value)"
        />
        <mat-hint>This is how the others see you.</mat-hint>
      </mat-form-field>
      <button matButton="filled" type="submit" data-testid="sign-in" [disabled]="!ready()">
        {{ busy() ? 'One moment…' : 'Continue' }}
      </button>
    </form>
    @if (problem(); as words) {
      <p role="alert">{{ words }}</p>
    }
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s3);
    }
    mat-form-field {
      flex: 1 1 240px;
    }
    button {
      height: 56px;
      border-radius: 12px;
    }
    p {
      margin-top: var(--s3);
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-medium);
    }
    @media (max-width: 480px) {
      button {
        flex: 1;
      }
    }
  `,
})
export class SignInForm {
  readonly #session = inject(SessionStore);
  protected readonly longest = LIMITS.nameCharacters;
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly ready = computed(() => !this.busy() && this.name().trim() !== '');

  protected async signIn(): Promise<void> {
    if (!this.ready()) return;
    this.busy.set(true);
    this.problem.set(undefined);
    try {
      await this.#session.signIn(this.name());
    } catch (error) {
      this.problem.set(errorWords(error));
    } finally {
      this.busy.set(false);
    }
  }
}
