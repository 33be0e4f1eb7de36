import { Component, DestroyRef, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink } from '@angular/router';
import {
  mdiAccountLockOutline,
  mdiClockOutline,
  mdiCloudOffOutline,
  mdiDoorOpen,
  mdiMagnify,
  mdiPlus,
  mdiTextSearch,
} from '@mdi/js';
import type { Room } from '@studio/contracts';
import { RoomScope } from '@studio/contracts';
import { firstValueFrom } from 'rxjs';
import { SessionStore } from '../session/session-store.ts';
import { SignInForm } from '../session/sign-in-form.ts';
import { UserMenu } from '../session/user-menu.ts';
import { Icon } from '../ui/icon.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { PageHead } from '../ui/page-head.ts';
import type { TabItem } from '../ui/tabs.ts';
import { Tabs } from '../ui/tabs.ts';
import { JoinByLink } from './join-by-link.ts';
import { RoomCard } from './room-card.ts';
import { RoomsStore } from './rooms-store.ts';

/** "5 minutes ago" is brought up to date this often, in milliseconds. */
const CLOCK_MS = 30_000;

const TABS: readonly TabItem<RoomScope>[] = [
  { id: 'mine', title: 'Mine' },
  { id: 'open', title: 'Open' },
  { id: 'recent', title: 'Recent' },
];

/** The first page: what the studio is, the rooms, and the ways into one. */
@Component({
  selector: 'kss-rooms-page',
  imports: [
    Icon,
    JoinByLink,
    LiveBadge,
    MatButton,
    NoticeCard,
    PageHead,
    RoomCard,
    RouterLink,
    SignInForm,
    Tabs,
    UserMenu,
  ],
  providers: [RoomsStore],
  templateUrl: './rooms-page.html',
  styleUrl: './rooms-page.scss',
})
export class RoomsPage {
  /** Which rooms are shown: a query parameter, so that the way back leads to the same list. */
  readonly show = input<string>();

  protected readonly session = inject(SessionStore);
  protected readonly store = inject(RoomsStore);
  readonly #dialog = inject(MatDialog);
  readonly #router = inject(Router);
  protected readonly now = signal(Date.now());
  protected readonly placeholders = [1, 2, 3, 4];
  protected readonly tabs = TABS;
  protected readonly scope = computed(() => RoomScope.catch('mine').parse(this.show()));
  protected readonly icons = {
    mdiAccountLockOutline,
    mdiClockOutline,
    mdiCloudOffOutline,
    mdiDoorOpen,
    mdiMagnify,
    mdiPlus,
    mdiTextSearch,
  };

  constructor() {
    effect(() => {
      const scope = this.scope();
      if (this.session.signedIn()) untracked(() => void this.store.show(scope));
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

  protected choose(show: string): void {
    void this.#router.navigate([], { queryParams: { show } });
  }

  protected async create(): Promise<void> {
    const { CreateRoomDialog } = await import('./create-room-dialog.ts');
    const dialog = this.#dialog.open<InstanceType<typeof CreateRoomDialog>, undefined, Room>(
      CreateRoomDialog,
    );
    const room = await firstValueFrom(dialog.afterClosed());
    if (room) await this.#router.navigate(['/rooms', room.id, 'join']);
  }
}
