import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { mdiAccountGroupOutline, mdiCreationOutline, mdiForumOutline } from '@mdi/js';
import { may } from '@studio/contracts';
import { errorWords } from '../ui/error-words.ts';
import { Icon } from '../ui/icon.ts';
import type { TypedLine } from './composer.ts';
import { Composer } from './composer.ts';
import { ConversationPanel } from './conversation-panel.ts';
import { GeminiPanel } from './gemini-panel.ts';
import { LobbyAnswers } from './people/lobby-answers.ts';
import { PeoplePanel } from './people/people-panel.ts';
import { RoomStore } from './room-store.ts';

const TABS = ['conversation', 'people', 'gemini'] as const;
type Tab = (typeof TABS)[number];

/** Beside the stage: the conversation, everybody who is here, and Gemini. */
@Component({
  selector: 'kss-side-panel',
  imports: [Composer, ConversationPanel, GeminiPanel, Icon, PeoplePanel],
  templateUrl: './side-panel.html',
  styleUrl: './side-panel.scss',
})
export class SidePanel {
  protected readonly store = inject(RoomStore);
  readonly #lobby = inject(LobbyAnswers);
  readonly #snackBar = inject(MatSnackBar);
  private readonly panel = viewChild.required(ConversationPanel);
  protected readonly tab = signal<Tab>('conversation');
  /** The newest sequence when the conversation was left for another tab. */
  readonly #leftAt = signal(0);
  protected readonly icons = { mdiAccountGroupOutline, mdiCreationOutline, mdiForumOutline };
  protected readonly mayWrite = computed(() => {
    const role = this.store.role();
    return role !== undefined && may(role, 'chat.send');
  });
  protected readonly waiting = computed(() => this.#lobby.waiting().length);
  protected readonly hands = computed(() => this.store.live().floor.queue.length);
  protected readonly unseen = computed(
    () =>
      this.tab() !== 'conversation' &&
      this.store
        .events()
        .some(({ seq, body }) => seq > this.#leftAt() && (body.type === 'chat' || body.type === 'speech')),
  );
  protected readonly tabs = computed(() => [
    { id: 'conversation' as const, title: 'Conversation', icon: mdiForumOutline, count: undefined },
    {
      id: 'people' as const,
      title: 'People',
      icon: mdiAccountGroupOutline,
      count: this.store.participants().length,
    },
    { id: 'gemini' as const, title: 'Gemini', icon: mdiCreationOutline, count: undefined },
  ]);

  show(tab: Tab): void {
    if (this.tab() === 'conversation') this.#leftAt.set(this.store.events().at(-1)?.seq ?? 0);
    this.tab.set(tab);
  }

  /** Arrow keys go from tab to tab, as in every tab list. */
  protected onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    const next = TABS[(TABS.indexOf(this.tab()) + step + TABS.length) % TABS.length];
    if (next === undefined) return;
    event.preventDefault();
    this.show(next);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  protected say({ text, ask }: TypedLine): void {
    void this.store.say(text, ask);
    this.panel().toEnd();
  }

  protected async ask(): Promise<void> {
    try {
      await this.store.ask();
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }
}
