import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { mdiMenuDown } from '@mdi/js';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';
import { relativeTime } from '../../ui/relative-time.ts';
import { ROLE_DETAILS, ROLE_TITLES } from '../../ui/role-titles.ts';
import { decisions } from '../people/decisions.ts';
import { RoomStore } from '../room-store.ts';
import { MembersStore } from './members-store.ts';

/** Everybody who may come in without asking, and who was put out: their roles, and what is decided about them. */
@Component({
  selector: 'kss-members-panel',
  imports: [Avatar, Icon, MatButton, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger],
  providers: [MembersStore],
  templateUrl: './members-panel.html',
  styleUrl: './rows.scss',
})
export class MembersPanel {
  protected readonly store = inject(MembersStore);
  readonly #room = inject(RoomStore);
  protected readonly titles = ROLE_TITLES;
  protected readonly details = ROLE_DETAILS;
  protected readonly icons = { mdiMenuDown };
  protected readonly rows = computed(() => {
    const here = new Set(this.#room.participants().map(({ id }) => id));
    const now = Date.now();
    return (this.store.members() ?? []).map((member) => {
      const self = member.id === this.#room.selfId();
      const removed = member.state === 'removed';
      const since = here.has(member.id) ? 'in the room now' : `first here ${relativeTime(member.since, now)}`;
      return {
        member,
        removed,
        may: decisions(this.#room.role(), member.role),
        name: self ? `${member.name} (you)` : member.name,
        detail: removed ? 'removed' : since,
      };
    });
  });

  constructor() {
    void this.store.load();
  }
}
