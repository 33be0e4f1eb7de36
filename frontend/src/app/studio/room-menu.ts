import { Component, ViewContainerRef, computed, inject } from '@angular/core';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';
import {
  mdiAccountMultipleOutline,
  mdiCogOutline,
  mdiDeleteOutline,
  mdiDoorClosed,
  mdiDotsHorizontal,
  mdiLinkVariantPlus,
} from '@mdi/js';
import { may } from '@studio/contracts';
import type { Permission } from '@studio/contracts';
import { RoomActions } from '../rooms/room-actions.ts';
import { Icon } from '../ui/icon.ts';
import { RoundButton } from '../ui/round-button.ts';
import type { RoomTab } from './room-settings/room-dialogs.ts';
import { RoomDialogs } from './room-settings/room-dialogs.ts';
import { RoomStore } from './room-store.ts';

/** What can be seen and decided about the room as a whole. */
@Component({
  selector: 'kss-room-menu',
  imports: [Icon, MatDivider, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger, RoundButton],
  template: `
    <button
      kssRound
      type="button"
      data-testid="room-menu"
      aria-label="The room"
      [icon]="icons.mdiDotsHorizontal"
      [matMenuTriggerFor]="menu"
    ></button>
    <mat-menu #menu="matMenu">
      <ng-template matMenuContent>
        <button mat-menu-item type="button" data-testid="room-settings" (click)="open('room-settings')">
          <kss-icon matMenuItemIcon [path]="icons.mdiCogOutline" />
          <span>{{ may('room.configure') ? 'Room settings…' : 'About the room…' }}</span>
        </button>
        @if (may('room.invite')) {
          <button mat-menu-item type="button" data-testid="room-invites" (click)="open('room-invites')">
            <kss-icon matMenuItemIcon [path]="icons.mdiLinkVariantPlus" />
            <span>Invite links…</span>
          </button>
        }
        <button mat-menu-item type="button" data-testid="room-members" (click)="open('room-members')">
          <kss-icon matMenuItemIcon [path]="icons.mdiAccountMultipleOutline" />
          <span>Members…</span>
        </button>
        @if (may('room.close')) {
          <mat-divider />
          <button mat-menu-item type="button" data-testid="room-close" (click)="close()">
            <kss-icon matMenuItemIcon [path]="icons.mdiDoorClosed" />
            <span>Close for all…</span>
          </button>
        }
        @if (may('room.delete')) {
          <button mat-menu-item type="button" class="danger" data-testid="room-delete" (click)="delete()">
            <kss-icon matMenuItemIcon [path]="icons.mdiDeleteOutline" />
            <span>Delete…</span>
          </button>
        }
      </ng-template>
    </mat-menu>
  `,
  styles: `
    [matMenuItemIcon] {
      margin-right: var(--s3);
    }
    .danger {
      --mat-menu-item-label-text-color: var(--mat-sys-error);

      color: var(--mat-sys-error);
    }
  `,
})
export class RoomMenu {
  readonly #store = inject(RoomStore);
  readonly #actions = inject(RoomActions);
  readonly #dialogs = inject(RoomDialogs);
  readonly #place = inject(ViewContainerRef);
  readonly #router = inject(Router);
  readonly #role = computed(() => this.#store.role() ?? 'viewer');
  protected readonly icons = {
    mdiAccountMultipleOutline,
    mdiCogOutline,
    mdiDeleteOutline,
    mdiDoorClosed,
    mdiDotsHorizontal,
    mdiLinkVariantPlus,
  };

  protected may(permission: Permission): boolean {
    return may(this.#role(), permission);
  }

  protected open(tab: RoomTab): void {
    void this.#dialogs.open(tab, this.#place);
  }

  protected close(): void {
    const room = this.#store.room();
    if (room) void this.#actions.close(room);
  }

  protected async delete(): Promise<void> {
    const room = this.#store.room();
    if (room && (await this.#actions.delete(room))) await this.#router.navigateByUrl('/');
  }
}
