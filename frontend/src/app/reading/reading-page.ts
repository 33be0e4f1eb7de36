import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Title } from '@angular/platform-browser';
import { Router, RouterLink } from '@angular/router';
import {
  mdiArrowLeft,
  mdiCloudOffOutline,
  mdiDeleteOutline,
  mdiDoorClosed,
  mdiDotsHorizontal,
  mdiForumRemoveOutline,
} from '@mdi/js';
import { may } from '@studio/contracts';
import { RoomLookup } from '../pre-join/room-lookup.ts';
import { RoomActions } from '../rooms/room-actions.ts';
import { SessionStore } from '../session/session-store.ts';
import { SignInForm } from '../session/sign-in-form.ts';
import { ConversationPanel } from '../studio/conversation-panel.ts';
import { ConversationView } from '../studio/conversation-view.ts';
import { ConversationSearch } from '../studio/search/conversation-search.ts';
import { Badge } from '../ui/badge.ts';
import { Icon } from '../ui/icon.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { RoundButton } from '../ui/round-button.ts';

/** What was said in a room, for reading: of a closed room, or of one that one does not enter now. */
@Component({
  selector: 'kss-reading-page',
  imports: [
    Badge,
    ConversationPanel,
    Icon,
    MatButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    NoticeCard,
    RoundButton,
    RouterLink,
    SignInForm,
  ],
  providers: [ConversationSearch, ConversationView, RoomLookup],
  templateUrl: './reading-page.html',
  styleUrl: './reading-page.scss',
})
export class ReadingPage {
  readonly roomId = input.required<string>();
  /** Sequence of the line to go to. */
  readonly at = input<string>();
  /** What was looked for when that line was found. */
  readonly q = input<string>();

  protected readonly session = inject(SessionStore);
  protected readonly view = inject(ConversationView);
  protected readonly search = inject(ConversationSearch);
  protected readonly lookup = inject(RoomLookup);
  readonly #actions = inject(RoomActions);
  readonly #router = inject(Router);
  readonly #title = inject(Title);
  protected readonly busy = signal(false);
  protected readonly icons = {
    mdiArrowLeft,
    mdiCloudOffOutline,
    mdiDeleteOutline,
    mdiDoorClosed,
    mdiDotsHorizontal,
    mdiForumRemoveOutline,
  };
  readonly #view = computed(() => {
    const found = this.lookup.found();
    return found.state === 'found' ? found.view : undefined;
  });
  protected readonly room = computed(() => this.#view()?.room);
  protected readonly closed = computed(() => this.room()?.status === 'closed');
  protected readonly owns = computed(() => {
    const role = this.#view()?.role;
    return role !== undefined && role !== null && may(role, 'room.delete');
  });

  constructor() {
    effect(() => {
      const [roomId, at, q] = [this.roomId(), this.at(), this.q()];
      if (this.session.signedIn()) untracked(() => void this.#open(roomId, Number(at) || undefined, q));
    });
    effect(() => {
      const room = this.room();
      if (room) this.#title.setTitle(`${room.name} · Conversation · Knowledge Synthesizer Studio`);
    });
  }

  protected again(): void {
    void this.#open(this.roomId(), Number(this.at()) || undefined, this.q());
  }

  protected async reopen(): Promise<void> {
    const room = this.room();
    if (!room) return;
    this.busy.set(true);
    if (await this.#actions.reopen(room)) await this.lookup.find(room.id);
    this.busy.set(false);
  }

  protected async delete(): Promise<void> {
    const room = this.room();
    if (room && (await this.#actions.delete(room))) await this.#router.navigateByUrl('/');
  }

  async #open(roomId: string, at: number | undefined, q: string | undefined): Promise<void> {
    const [found] = await Promise.all([this.lookup.find(roomId), this.view.read(roomId, at)]);
    if (found.state !== 'found' || q === undefined) return;
    this.search.open();
    await this.search.search(q);
    if (at !== undefined) this.search.markLine(at);
  }
}
