import { Component, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { mdiAccountLockOutline, mdiCloudOffOutline, mdiDoorOpen, mdiPlus } from '@mdi/js';
import type { Room } from '@studio/contracts';
import { firstValueFrom } from 'rxjs';
import { SessionStore } from '../session/session-store.ts';
import { SignInForm } from '../session/sign-in-form.ts';
import { UserMenu } from '../session/user-menu.ts';
import { Brand } from '../ui/brand.ts';
import { Icon } from '../ui/icon.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { CreateRoomDialog } from './create-room-dialog.ts';
import { JoinByLink } from './join-by-link.ts';
import { RoomCard } from './room-card.ts';
import { RoomsStore } from './rooms-store.ts';

/** "5 minutes ago" is brought up to date this often, in milliseconds. */
const CLOCK_MS = 30_000;

/** The first page: what the studio is, the rooms, and the ways into one. */
@Component({
  selector: 'kss-rooms-page',
  imports: [Brand, Icon, JoinByLink, LiveBadge, MatButton, NoticeCard, RoomCard, SignInForm, UserMenu],
  providers: [RoomsStore],
  templateUrl: './rooms-page.html',
  styleUrl: './rooms-page.scss',
})
export class RoomsPage {
  protected readonly session = inject(SessionStore);
  protected readonly store = inject(RoomsStore);
  readonly #dialog = inject(MatDialog);
  readonly #router = inject(Router);
  protected readonly now = signal(Date.now());
  protected readonly placeholders = [1, 2, 3, 4];
  protected readonly icons = { mdiAccountLockOutline, mdiCloudOffOutline, mdiDoorOpen, mdiPlus };

  constructor() {
    effect(() => {
      if (this.session.signedIn()) untracked(() => void this.store.reload());
    });
    const clock = setInterval(() => this.now.set(Date.now()), CLOCK_MS);
    const seen = () => {
      if (document.visibilityState !== 'visible' || !this.session.signedIn()) return;
      this.now.set(Date.now());
      void this.store.reload();
    };
    document.addEventListener('visibilitychange', seen);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
      document.removeEventListener('visibilitychange', seen);
    });
  }

  protected async create(): Promise<void> {
    const dialog = this.#dialog.open<CreateRoomDialog, undefined, Room>(CreateRoomDialog);
    const room = await firstValueFrom(dialog.afterClosed());
    if (room) await this.#router.navigate(['/rooms', room.id, 'join']);
  }
}
