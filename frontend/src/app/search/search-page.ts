import type { ElementRef } from '@angular/core';
import {
  Component,
  DestroyRef,
  afterNextRender,
  effect,
  inject,
  input,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel, MatPrefix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { mdiArrowLeft, mdiMagnify, mdiTextSearch } from '@mdi/js';
import { SessionStore } from '../session/session-store.ts';
import { SignInForm } from '../session/sign-in-form.ts';
import { UserMenu } from '../session/user-menu.ts';
import { HitRow } from '../studio/search/hit-row.ts';
import { Avatar } from '../ui/avatar.ts';
import { Icon } from '../ui/icon.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { PageHead } from '../ui/page-head.ts';
import { SearchStore } from './search-store.ts';

/** A search begins when nothing was typed for so long, in milliseconds. */
const PAUSE_MS = 350;

/** Looks for words in everything that was said in the rooms of this person. */
@Component({
  selector: 'kss-search-page',
  imports: [
    Avatar,
    HitRow,
    Icon,
    MatButton,
    MatFormField,
    MatInput,
    MatLabel,
    MatPrefix,
    NoticeCard,
    PageHead,
    RouterLink,
    SignInForm,
    UserMenu,
  ],
  providers: [SearchStore],
  templateUrl: './search-page.html',
  styleUrl: './search-page.scss',
})
export class SearchPage {
  /** What is looked for: in the address, so that the way back from a hit leads to the hits. */
  readonly q = input<string>();

  protected readonly session = inject(SessionStore);
  protected readonly store = inject(SearchStore);
  readonly #router = inject(Router);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  protected readonly icons = { mdiArrowLeft, mdiMagnify, mdiTextSearch };
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const q = this.q() ?? '';
      if (this.session.signedIn()) untracked(() => void this.store.search(q));
    });
    afterNextRender(() => this.field()?.nativeElement.focus());
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#pause));
  }

  protected onInput(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.ask(), PAUSE_MS);
  }

  protected ask(): void {
    clearTimeout(this.#pause);
    const q = this.field()?.nativeElement.value ?? '';
    void this.#router.navigate([], { queryParams: q.trim() === '' ? {} : { q }, replaceUrl: true });
  }
}
