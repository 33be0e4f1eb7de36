import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { roomLinkFromText } from './room-link.ts';

/** Goes to the room that a pasted link or id means. */
@Component({
  selector: 'kss-join-by-link',
  imports: [MatButton, MatFormField, MatInput, MatLabel],
  template: `
    <form (submit)="$event.preventDefault(); go()">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>Paste an invite link</mat-label>
        <input
          matInput
          data-testid="join-link"
          name="link"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="join-link-problem"
          [value]="text()"
          (input)="text.set($any($event.target).value); refused.set(false)"
        />
      </mat-form-field>
      <button matButton="outlined" type="submit" data-testid="join-link-go" [disabled]="empty()">Join</button>
    </form>
    <p id="join-link-problem" role="status">
      @if (refused()) {
        This is no link to a room. It looks like …/rooms/ followed by 22 letters and digits.
      }
    </p>
  `,
  styles: `
    form {
      display: flex;
      gap: var(--s2);
    }
    mat-form-field {
      flex: 1;
      min-width: 0;
    }
    button {
      height: 56px;
      border-radius: 12px;
    }
    p {
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
    p:not(:empty) {
      margin-top: var(--s2);
    }
  `,
})
export class JoinByLink {
  readonly #router = inject(Router);
  protected readonly text = signal('');
  protected readonly refused = signal(false);
  protected readonly empty = computed(() => this.text().trim() === '');

  protected async go(): Promise<void> {
    const link = roomLinkFromText(this.text());
    this.refused.set(link === undefined);
    if (!link) return;
    const queryParams = link.invite === undefined ? {} : { invite: link.invite };
    await this.#router.navigate(['/rooms', link.roomId, 'join'], { queryParams });
  }
}
