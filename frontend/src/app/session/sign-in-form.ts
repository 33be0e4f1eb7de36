import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { errorWords } from '../ui/error-words.ts';
import { NameField } from '../ui/name-field.ts';
import { SessionStore } from './session-store.ts';

/** Asks a guest for a name, once; the session cookie keeps it. */
@Component({
  selector: 'kss-sign-in-form',
  imports: [MatButton, NameField],
  host: { class: 'card', role: 'region', 'aria-labelledby': 'sign-in-heading' },
  template: `
    <h2 id="sign-in-heading">Who are you?</h2>
    <form (submit)="$event.preventDefault(); signIn()">
      <kss-name-field testId="sign-in-name" [(name)]="name" />
      <button matButton="filled" type="submit" data-testid="sign-in" [disabled]="!ready()">
        {{ busy() ? 'One moment…' : 'Continue' }}
      </button>
    </form>
    @if (problem(); as words) {
      <p role="alert">{{ words }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
      max-width: 560px;
      padding: var(--s5);
    }
    h2 {
      margin-bottom: var(--s4);
      font: var(--mat-sys-title-large);
    }
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s3);
    }
    kss-name-field {
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
