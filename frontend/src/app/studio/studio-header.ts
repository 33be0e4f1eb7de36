import { Component, ViewContainerRef, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { mdiCheck, mdiLinkVariant, mdiLockOutline } from '@mdi/js';
import type { LiveInfo, LiveStatus, Room } from '@studio/contracts';
import { may } from '@studio/contracts';
import { inviteLink } from '../rooms/room-link.ts';
import { Icon } from '../ui/icon.ts';
import { LinkCopy } from '../ui/link-copy.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { GeminiChip } from './gemini-chip.ts';
import { RoomMenu } from './room-menu.ts';
import { RoomDialogs } from './room-settings/room-dialogs.ts';
import { RoomStore } from './room-store.ts';

/** Which room this is, how to invite to it, what can be decided about it, and what Gemini does. */
@Component({
  selector: 'kss-studio-header',
  imports: [GeminiChip, Icon, LiveBadge, MatButton, MatTooltip, RoomMenu],
  template: `
    <img src="favicon.svg" width="28" height="28" alt="" />
    <h1>{{ room().name }}</h1>
    @if (room().locked) {
      <kss-icon
        class="locked"
        role="img"
        aria-label="Locked"
        matTooltip="Locked: nobody new comes in"
        [path]="icons.mdiLockOutline"
      />
    }
    <kss-room-menu />
    <button
      matButton="tonal"
      type="button"
      data-testid="copy-link"
      [attr.aria-label]="byInvite() ? 'Invite people' : 'Copy invite link'"
      (click)="invite()"
    >
      <kss-icon matButtonIcon [path]="copy.copied() ? icons.mdiCheck : icons.mdiLinkVariant" />
      <span class="words">{{ copy.copied() ? 'Link copied' : 'Invite' }}</span>
    </button>
    <span class="space"></span>
    <kss-gemini-chip [status]="live()" />
    <kss-live-badge [info]="liveInfo()" />
    <span class="visually-hidden" role="status">{{ copy.copied() ? 'Invite link copied' : '' }}</span>
    @if (copy.byHand(); as text) {
      <input class="link" readonly aria-label="Invite link" [value]="text" (focus)="copy.select($event)" />
    }
  `,
  styleUrl: './studio-header.scss',
})
export class StudioHeader {
  readonly room = input.required<Room>();
  readonly live = input.required<LiveStatus>();
  readonly liveInfo = input.required<LiveInfo>();
  readonly #store = inject(RoomStore);
  readonly #dialogs = inject(RoomDialogs);
  readonly #place = inject(ViewContainerRef);
  protected readonly copy = new LinkCopy();
  protected readonly icons = { mdiCheck, mdiLinkVariant, mdiLockOutline };
  /** The link to the room alone lets nobody in. */
  protected readonly byInvite = computed(() => {
    const role = this.#store.role();
    return this.room().visibility === 'invited' && role !== undefined && may(role, 'room.invite');
  });

  protected invite(): void {
    if (this.byInvite()) void this.#dialogs.open('room-invites', this.#place);
    else void this.copy.copy(inviteLink(this.room().id, location.origin));
  }
}
