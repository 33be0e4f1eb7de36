import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { may } from '@studio/contracts';
import type { TabItem } from '../../ui/tabs.ts';
import { Tabs } from '../../ui/tabs.ts';
import { RoomStore } from '../room-store.ts';
import { InvitesPanel } from './invites-panel.ts';
import { MembersPanel } from './members-panel.ts';
import type { RoomTab } from './room-dialogs.ts';
import { RoomFields } from './room-fields.ts';
import { RoomSettingsStore } from './room-settings-store.ts';

/** The room: its settings, the links that let people in, and everybody who may come. */
@Component({
  selector: 'kss-room-dialog',
  imports: [
    InvitesPanel,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MembersPanel,
    RoomFields,
    Tabs,
  ],
  providers: [RoomSettingsStore],
  template: `
    <h2 mat-dialog-title>{{ room()?.name }}</h2>
    <div class="tabs">
      <kss-tabs label="About the room" [tabs]="tabs()" [chosen]="tab()" (choose)="tab.set($any($event))" />
    </div>
    <mat-dialog-content data-testid="room-dialog">
      <div role="tabpanel" [id]="'panel-' + tab()" [attr.aria-labelledby]="'tab-' + tab()">
        @switch (tab()) {
          @case ('room-settings') {
            <kss-room-fields />
          }
          @case ('room-invites') {
            <kss-invites-panel />
          }
          @case ('room-members') {
            <kss-members-panel />
          }
        }
      </div>
    </mat-dialog-content>
    <mat-dialog-actions>
      <p class="status" role="status" data-testid="room-settings-status">{{ status() }}</p>
      @if (tab() === 'room-settings' && store.changed() > 0) {
        <button matButton type="button" (click)="store.undo()">Undo</button>
      }
      <button matButton type="button" mat-dialog-close data-testid="room-dialog-close">Close</button>
      @if (tab() === 'room-settings' && store.mayEdit()) {
        <button
          matButton="filled"
          type="button"
          class="save"
          data-testid="room-settings-save"
          [disabled]="!store.ready()"
          (click)="store.save()"
        >
          {{ store.busy() === 'saving' ? 'Saving…' : 'Save' }}
        </button>
      }
    </mat-dialog-actions>
  `,
  styleUrls: ['../gemini-settings/settings-dialog.scss', './room-dialog.scss'],
})
export class RoomDialog {
  protected readonly store = inject(RoomSettingsStore);
  readonly #room = inject(RoomStore);
  protected readonly room = this.#room.room;
  protected readonly tab = signal<RoomTab>(inject<RoomTab>(MAT_DIALOG_DATA));
  protected readonly tabs = computed<readonly TabItem<RoomTab>[]>(() => {
    const role = this.#room.role();
    const invites = role !== undefined && may(role, 'room.invite');
    return [
      { id: 'room-settings', title: 'Settings' },
      ...(invites ? [{ id: 'room-invites', title: 'Invites' } as const] : []),
      { id: 'room-members', title: 'Members' },
    ];
  });
  protected readonly status = computed(() => {
    if (this.tab() !== 'room-settings' || this.store.busy() === 'saving') return '';
    if (this.store.undecided()) return 'Decide first what was changed by both.';
    const changes = this.store.changed();
    if (changes > 0) return changes === 1 ? '1 change is not saved.' : `${changes} changes are not saved.`;
    return this.store.saved() ? 'Saved.' : '';
  });
}
