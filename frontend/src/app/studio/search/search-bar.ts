import type { ElementRef } from '@angular/core';
import { Component, DestroyRef, afterNextRender, computed, inject, output, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiChevronDown, mdiChevronUp, mdiClose, mdiMagnify } from '@mdi/js';
import { Icon } from '../../ui/icon.ts';
import { RoundButton } from '../../ui/round-button.ts';
import { ConversationSearch } from './conversation-search.ts';
import { HitRow } from './hit-row.ts';

/** A search begins when nothing was typed for so long, in milliseconds. */
const PAUSE_MS = 250;

/** Looks for words in the conversation: Enter goes from hit to hit, Escape closes it. */
@Component({
  selector: 'kss-search-bar',
  imports: [HitRow, Icon, MatButton, RoundButton],
  host: { '(keydown.escape)': 'close()' },
  templateUrl: './search-bar.html',
  styleUrl: './search-bar.scss',
})
export class SearchBar {
  readonly closed = output();
  protected readonly search = inject(ConversationSearch);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly icons = { mdiChevronDown, mdiChevronUp, mdiClose, mdiMagnify };
  #pause: ReturnType<typeof setTimeout> | undefined;

  protected readonly found = computed(() => {
    const count = this.search.hits().length;
    if (this.search.busy() && count === 0) return 'Searching…';
    if (!this.search.answered()) return '';
    if (count === 0) return 'Nothing found';
    const all = this.search.more() ? `${count}+` : String(count);
    const current = this.search.current();
    return current === undefined ? all : `${current + 1} of ${all}`;
  });

  constructor() {
    afterNextRender(() => this.focus());
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#pause));
  }

  focus(): void {
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }

  protected onInput(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.search.search(this.field().nativeElement.value), PAUSE_MS);
  }

  protected onEnter(event: Event): void {
    event.preventDefault();
    const typed = this.field().nativeElement.value;
    clearTimeout(this.#pause);
    if (typed !== this.search.query()) void this.search.search(typed);
    else this.go(event instanceof KeyboardEvent && event.shiftKey ? 'newer' : 'older');
  }

  protected close(): void {
    this.search.close();
    this.closed.emit();
  }

  protected go(where: 'older' | 'newer'): void {
    void (where === 'older' ? this.search.older() : this.search.newer());
  }
}
