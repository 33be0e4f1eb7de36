import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatOption, MatSelect } from '@angular/material/select';
import { mdiCheck, mdiLinkVariant } from '@mdi/js';
import { GivenRole, outranks } from '@studio/contracts';
import type { Invite } from '@studio/contracts';
import { inviteLink } from '../../rooms/room-link.ts';
import { Icon } from '../../ui/icon.ts';
import { LinkCopy } from '../../ui/link-copy.ts';
import { ROLE_TITLES } from '../../ui/role-titles.ts';
import { RoomStore } from '../room-store.ts';
import { LASTING, endWords } from './invite-words.ts';
import { InvitesStore } from './invites-store.ts';

const WEEK_HOURS = 24 * 7;

/** Makes links that let people in, with a role and an end, and takes them back. */
@Component({
  selector: 'kss-invites-panel',
  imports: [Icon, MatButton, MatFormField, MatLabel, MatOption, MatSelect],
  providers: [InvitesStore],
  template: `
    <p class="note">
      Whoever has an invite link comes in past lobby and passcode, with the role that the link gives.
    </p>
    <form (submit)="$event.preventDefault(); store.create(role(), hours())">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>Role</mat-label>
        <mat-select data-testid="invite-role" [value]="role()" (valueChange)="role.set($event)">
          @for (given of roles; track given) {
            <mat-option [value]="given">{{ titles[given] }}</mat-option>
          }
        </mat-select>
      </mat-form-field>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>Valid for</mat-label>
        <mat-select data-testid="invite-hours" [value]="hours()" (valueChange)="hours.set($event)">
          @for (lasting of lastings; track lasting.hours) {
            <mat-option [value]="lasting.hours">{{ lasting.title }}</mat-option>
          }
        </mat-select>
      </mat-form-field>
      <button matButton="filled" type="submit" data-testid="invite-create" [disabled]="store.busy()">
        Create link
      </button>
    </form>
    @if (store.problem(); as words) {
      <p class="problem" role="alert">{{ words }}</p>
    }
    @if (copy.byHand(); as link) {
      <input class="link" readonly aria-label="Invite link" [value]="link" (focus)="copy.select($event)" />
    }
    @if (store.invites(); as invites) {
      <ul aria-label="Invite links">
        @for (invite of invites; track invite.id) {
          <li data-testid="invite">
            <div class="what">
              <span class="name">{{ titles[invite.role] }}</span>
              <span class="detail">{{ end(invite) }} · by {{ invite.createdBy }}</span>
            </div>
            <button
              matButton="tonal"
              type="button"
              data-testid="invite-copy"
              (click)="copy.copy(linkOf(invite))"
            >
              <kss-icon
                matButtonIcon
                [path]="copy.copied() === linkOf(invite) ? icons.mdiCheck : icons.mdiLinkVariant"
              />
              {{ copy.copied() === linkOf(invite) ? 'Copied' : 'Copy link' }}
            </button>
            <button
              matButton
              type="button"
              data-testid="invite-revoke"
              [disabled]="store.busy()"
              (click)="store.revoke(invite)"
            >
              Take back
            </button>
          </li>
        } @empty {
          <li class="none">There is no invite link yet.</li>
        }
      </ul>
    }
    <span class="visually-hidden" role="status">{{ copy.copied() ? 'Invite link copied' : '' }}</span>
  `,
  styleUrl: './rows.scss',
})
export class InvitesPanel {
  protected readonly store = inject(InvitesStore);
  readonly #room = inject(RoomStore);
  protected readonly copy = new LinkCopy();
  protected readonly titles = ROLE_TITLES;
  protected readonly lastings = LASTING;
  protected readonly icons = { mdiCheck, mdiLinkVariant };
  protected readonly roles = GivenRole.options.filter((given) =>
    outranks(this.#room.role() ?? 'viewer', given),
  );
  protected readonly role = signal<GivenRole>('member');
  protected readonly hours = signal<number | null>(WEEK_HOURS);

  constructor() {
    void this.store.load();
  }

  protected linkOf({ id }: Invite): string {
    return inviteLink(this.#room.room()?.id ?? '', location.origin, id);
  }

  protected end(invite: Invite): string {
    return endWords(invite, Date.now());
  }
}
