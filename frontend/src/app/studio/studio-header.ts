import { Component, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiCheck, mdiLinkVariant } from '@mdi/js';
import type { LiveInfo, LiveStatus, Room } from '@studio/contracts';
import { inviteLink } from '../rooms/room-link.ts';
import { Icon } from '../ui/icon.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { GeminiChip } from './gemini-chip.ts';

/** So long does the button say that the link is copied, in milliseconds. */
const COPIED_MS = 2_500;

/** Which room this is, how to invite to it, and what Gemini does. */
@Component({
  selector: 'kss-studio-header',
  imports: [GeminiChip, Icon, LiveBadge, MatButton],
  template: `
    <img src="favicon.svg" width="28" height="28" alt="" />
    <h1>{{ room().name }}</h1>
    <button
      matButton="tonal"
      type="button"
      data-testid="copy-link"
      aria-label="Copy invite link"
      (click)="copy()"
    >
      <kss-icon matButtonIcon [path]="copied() ? icons.mdiCheck : icons.mdiLinkVariant" />
      <span class="words">{{ copied() ? 'Link copied' : 'Invite' }}</span>
    </button>
    <span class="space"></span>
    <kss-gemini-chip [status]="live()" />
    <kss-live-badge [info]="liveInfo()" />
    <span class="visually-hidden" role="status">{{ copied() ? 'Invite link copied' : '' }}</span>
    @if (link(); as text) {
      <input class="link" readonly aria-label="Invite link" [value]="text" (focus)="select($event)" />
    }
  `,
  styleUrl: './studio-header.scss',
})
export class StudioHeader {
  readonly room = input.required<Room>();
  readonly live = input.required<LiveStatus>();
  readonly liveInfo = input.required<LiveInfo>();
  protected readonly copied = signal(false);
  /** Shown for copying by hand where the browser does not let the page write to the clipboard. */
  protected readonly link = signal<string | undefined>(undefined);
  protected readonly icons = { mdiCheck, mdiLinkVariant };

  protected async copy(): Promise<void> {
    const link = inviteLink(this.room().id, location.origin);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.link.set(link);
      return;
    }
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), COPIED_MS);
  }

  protected select({ target }: Event): void {
    if (target instanceof HTMLInputElement) target.select();
  }
}
