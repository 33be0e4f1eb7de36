import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { mdiAccountGroupOutline, mdiCreationOutline, mdiForumOutline } from '@mdi/js';
import { may } from '@studio/contracts';
import { errorWords } from '../ui/error-words.ts';
import type { TabItem } from '../ui/tabs.ts';
import { Tabs } from '../ui/tabs.ts';
import type { TypedLine } from './composer.ts';
import { Composer } from './composer.ts';
import { ConversationPanel } from './conversation-panel.ts';
import { GeminiPanel } from './gemini-panel.ts';
import { LobbyAnswers } from './people/lobby-answers.ts';
import { PeoplePanel } from './people/people-panel.ts';
import { RoomStore } from './room-store.ts';

type Tab = 'conversation' | 'people' | 'gemini';

/** Beside the stage: the conversation, everybody who is here, and Gemini. */
@Component({
  selector: 'kss-side-panel',
  imports: [Composer, ConversationPanel, GeminiPanel, PeoplePanel, Tabs],
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
  protected readonly mayWrite = computed(() => {
    const role = this.store.role();
    return role !== undefined && may(role, 'chat.send');
  });
  readonly #unseen = computed(
    () =>
      this.tab() !== 'conversation' &&
      this.store
        .events()
        .some(({ seq, body }) => seq > this.#leftAt() && (body.type === 'chat' || body.type === 'speech')),
  );
  protected readonly tabs = computed<readonly TabItem<Tab>[]>(() => [
    {
      id: 'conversation',
      title: 'Conversation',
      icon: mdiForumOutline,
      ...(this.#unseen() && { news: 'new messages' }),
    },
    {
      id: 'people',
      title: 'People',
      icon: mdiAccountGroupOutline,
      count: this.store.participants().length,
      waiting: this.#lobby.waiting().length,
      ...(this.store.live().floor.queue.length > 0 && { news: 'hands are up' }),
    },
    { id: 'gemini', title: 'Gemini', icon: mdiCreationOutline },
  ]);

  show(tab: Tab): void {
    if (this.tab() === 'conversation') this.#leftAt.set(this.store.events().at(-1)?.seq ?? 0);
    this.tab.set(tab);
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
