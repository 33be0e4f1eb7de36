import { Component, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatSnackBar } from '@angular/material/snack-bar';
import { mdiLogoutVariant } from '@mdi/js';
import { Avatar } from '../ui/avatar.ts';
import { errorWords } from '../ui/error-words.ts';
import { Icon } from '../ui/icon.ts';
import { SessionStore } from './session-store.ts';

/** Who is signed in, and the way out. */
@Component({
  selector: 'kss-user-menu',
  imports: [Avatar, Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    @if (session.user(); as user) {
      <button type="button" class="who" data-testid="user-menu" [matMenuTriggerFor]="menu">
        <kss-avatar [id]="user.id" [name]="user.name" />
        <span class="name">{{ user.name }}</span>
      </button>
      <mat-menu #menu="matMenu" xPosition="before">
        <button mat-menu-item type="button" data-testid="sign-out" (click)="signOut()">
          <kss-icon matMenuItemIcon [path]="icon" />
          <span>Sign out</span>
        </button>
      </mat-menu>
    }
  `,
  styles: `
    .who {
      display: flex;
      align-items: center;
      gap: var(--s2);
      min-height: 44px;
      max-width: 240px;
      padding: 4px var(--s3) 4px 4px;
      border: 0;
      border-radius: 24px;
      background: transparent;
      color: inherit;
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }
    .who:hover {
      background: var(--mat-sys-surface-container-high);
    }
    kss-avatar {
      font-size: 13px;
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    @media (max-width: 480px) {
      .who {
        padding: 4px;
      }
      .name {
        display: none;
      }
    }
  `,
})
export class UserMenu {
  protected readonly session = inject(SessionStore);
  readonly #snackBar = inject(MatSnackBar);
  protected readonly icon = mdiLogoutVariant;

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
    } catch (error) {
      this.#snackBar.open(errorWords(error));
    }
  }
}
