import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowRight } from '@mdi/js';
import type { ListedRoom } from '@studio/contracts';
import { Avatar } from '../ui/avatar.ts';
import { Badge } from '../ui/badge.ts';
import { Icon } from '../ui/icon.ts';
import { relativeTime } from '../ui/relative-time.ts';
import { ROLE_TITLES } from '../ui/role-titles.ts';
import { roomBadges } from './room-words.ts';

/** One room in the list. A closed one leads to what was said in it, for those who have been there. */
@Component({
  selector: 'kss-room-card',
  imports: [Avatar, Badge, Icon, RouterLink],
  template: `
    <a
      data-testid="room-item"
      [attr.data-room-id]="room().id"
      [class.closed]="room().status === 'closed'"
      [routerLink]="['/rooms', room().id, reads() ? 'conversation' : 'join']"
    >
      <kss-avatar [id]="room().id" [name]="room().name" />
      <span class="words">
        <span class="name">{{ room().name }}</span>
        <span class="detail">{{ detail() }}</span>
        @if (role() || badges().length > 0) {
          <span class="badges">
            @if (role(); as title) {
              <kss-badge class="strong" data-testid="room-role">{{ title }}</kss-badge>
            }
            @for (badge of badges(); track badge.title) {
              <kss-badge [icon]="badge.icon">{{ badge.title }}</kss-badge>
            }
          </span>
        }
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
      align-self: start;
      border-radius: 12px;
      font-size: 17px;
    }
    .closed kss-avatar {
      filter: saturate(0.25);
      opacity: 0.7;
    }
    .words {
      display: grid;
      flex: 1;
      gap: 2px;
      align-self: start;
      min-width: 0;
    }
    .name {
      display: -webkit-box;
      overflow: hidden;
      font: var(--mat-sys-title-medium);
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
    .detail {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    .badges {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-top: 6px;
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
  readonly room = input.required<ListedRoom>();
  readonly userId = input.required<string>();
  /** Milliseconds since the epoch, as seen from which times are told. */
  readonly now = input.required<number>();
  protected readonly badges = computed(() => roomBadges(this.room()));
  protected readonly role = computed(() => {
    const { role } = this.room();
    return role && ROLE_TITLES[role];
  });
  protected readonly reads = computed(
    () => this.room().status === 'closed' && this.room().role !== undefined,
  );
  protected readonly detail = computed(() => {
    const { ownerId, ownerName, createdAt, visitedAt } = this.room();
    const owner = ownerId === this.userId() ? 'Yours' : `By ${ownerName}`;
    const when =
      visitedAt === undefined
        ? `created ${relativeTime(createdAt, this.now())}`
        : `visited ${relativeTime(visitedAt, this.now())}`;
    return `${owner} · ${when}`;
  });
  protected readonly goIcon = mdiArrowRight;
}
