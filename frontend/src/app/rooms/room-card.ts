import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowRight, mdiLinkVariant } from '@mdi/js';
import type { Room } from '@studio/contracts';
import { Avatar } from '../ui/avatar.ts';
import { Icon } from '../ui/icon.ts';
import { relativeTime } from '../ui/relative-time.ts';

/** One room in the list. */
@Component({
  selector: 'kss-room-card',
  imports: [Avatar, Icon, RouterLink],
  template: `
    <a data-testid="room-item" [attr.data-room-id]="room().id" [routerLink]="['/rooms', room().id, 'join']">
      <kss-avatar [id]="room().id" [name]="room().name" />
      <span class="words">
        <span class="name">{{ room().name }}</span>
        <span class="detail">
          {{ mine() ? 'You' : room().ownerName }} · {{ created() }}
          @if (room().status === 'closed') {
            · closed
          }
          @if (room().visibility === 'link') {
            · <kss-icon [path]="linkIcon" /> only with the link
          }
        </span>
      </span>
      <kss-icon class="go" [path]="goIcon" />
    </a>
  `,
  styles: `
    a {
      display: flex;
      align-items: center;
      gap: var(--s4);
      height: 100%;
      padding: var(--s4);
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: var(--radius);
      background: var(--mat-sys-surface-container-low);
      color: inherit;
      text-decoration: none;
      transition:
        border-color 120ms,
        box-shadow 120ms;
    }
    a:hover {
      border-color: var(--mat-sys-primary);
      box-shadow: var(--shadow);
    }
    kss-avatar {
      border-radius: 12px;
      font-size: 17px;
    }
    .words {
      display: grid;
      flex: 1;
      gap: 2px;
      min-width: 0;
    }
    .name {
      overflow: hidden;
      font: var(--mat-sys-title-medium);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .detail {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    .detail kss-icon {
      font-size: 9px;
      vertical-align: -2px;
    }
    .go {
      color: var(--mat-sys-on-surface-variant);
      transition: transform 120ms;
    }
    a:hover .go {
      color: var(--mat-sys-primary);
      transform: translateX(3px);
    }
  `,
})
export class RoomCard {
  readonly room = input.required<Room>();
  readonly userId = input.required<string>();
  /** Milliseconds since the epoch, as seen from which the age is told. */
  readonly now = input.required<number>();
  protected readonly mine = computed(() => this.room().ownerId === this.userId());
  protected readonly created = computed(() => relativeTime(this.room().createdAt, this.now()));
  protected readonly goIcon = mdiArrowRight;
  protected readonly linkIcon = mdiLinkVariant;
}
