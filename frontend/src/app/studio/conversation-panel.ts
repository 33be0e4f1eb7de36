import { DatePipe } from '@angular/common';
import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { mdiArrowDown, mdiForumOutline, mdiMagnify } from '@mdi/js';
import { Icon } from '../ui/icon.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { RoundButton } from '../ui/round-button.ts';
import { ConversationView } from './conversation-view.ts';
import type { Line } from './conversation-lines.ts';
import { ExportMenu } from './export-menu.ts';
import type { LineWindow } from './line-window.ts';
import { AT_END, around, earlier, held, later, windowRange } from './line-window.ts';
import { MessageLine } from './message-line.ts';
import { RoomStore } from './room-store.ts';
import { ScrollAnchor } from './scroll-anchor.ts';
import { ConversationSearch } from './search/conversation-search.ts';
import { SearchBar } from './search/search-bar.ts';

/** Closer than this to an end of what is in the page, more of it is brought in, in pixels. */
const NEAR = 600;
/** Closer than this to the end counts as the end, in pixels. */
const AT_END_PX = 40;
const NOTHING: readonly string[] = [];

/** The conversation: follows its end, unless the reader has scrolled up, and reaches back to its begin. */
@Component({
  selector: 'kss-conversation-panel',
  imports: [
    DatePipe,
    ExportMenu,
    Icon,
    MatButton,
    MatTooltip,
    MessageLine,
    NoticeCard,
    RoundButton,
    SearchBar,
  ],
  host: { '(document:keydown)': 'onKey($event)' },
  templateUrl: './conversation-panel.html',
  styleUrl: './conversation-panel.scss',
})
export class ConversationPanel {
  protected readonly view = inject(ConversationView);
  protected readonly search = inject(ConversationSearch);
  /** Undefined on the page that is for reading only. */
  protected readonly room = inject(RoomStore, { optional: true });
  readonly #destroyed = inject(DestroyRef);
  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  private readonly bar = viewChild(SearchBar);
  private readonly opener = viewChild<unknown, ElementRef<HTMLElement>>('opener', { read: ElementRef });
  readonly #injector = inject(Injector);
  readonly #window = signal<LineWindow>(AT_END);
  /** The newest sequence when the reader left the end; undefined while they follow it. */
  readonly #leftAt = signal<number | undefined>(undefined);
  readonly #anchor = new ScrollAnchor();
  #scrollTop = 0;
  /** The line that is to be brought into view when it is in the page. */
  #goTo: number | undefined;
  protected readonly icons = { mdiArrowDown, mdiForumOutline, mdiMagnify };

  protected readonly lines = computed(() => {
    const lines = this.view.lines();
    const { from, to } = windowRange(lines, this.#window());
    return lines.slice(from, to);
  });
  protected readonly unseen = computed(() => {
    const leftAt = this.#leftAt();
    return leftAt === undefined ? 0 : unseenAfter(this.view.newest(), leftAt);
  });
  protected readonly awayFromEnd = computed(() => this.#leftAt() !== undefined);

  constructor() {
    effect(() => {
      const target = this.view.target();
      if (target) untracked(() => this.#show(target.seq));
    });
    afterRenderEffect(() => {
      this.lines();
      this.view.loading();
      this.view.target();
      this.#settle();
      // A page of history has come, or what is there does not fill the place: is more needed?
      untracked(this.reach);
    });
    afterNextRender(() => {
      const observer = new ResizeObserver(() => this.#settle());
      observer.observe(this.viewport().nativeElement);
      observer.observe(this.content().nativeElement);
      this.#destroyed.onDestroy(() => observer.disconnect());
    });
  }

  /** Only what is near is in the page, so that the browser's own search would miss most; asked twice, it comes. */
  protected onKey(event: KeyboardEvent): void {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (!this.viewport().nativeElement.checkVisibility({ visibilityProperty: true })) return;
    if (event.target instanceof Element && event.target.closest('kss-search-bar, .cdk-overlay-container'))
      return;
    event.preventDefault();
    if (this.search.isOpen()) this.bar()?.focus();
    else this.search.open();
  }

  /** Who has closed the search goes on where it was opened. */
  protected toOpener(): void {
    afterNextRender(() => this.opener()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected onScroll(): void {
    const { scrollTop } = this.viewport().nativeElement;
    const movedUp = scrollTop < this.#scrollTop - 1;
    this.#scrollTop = scrollTop;
    if (this.#seesEnd()) this.#follow();
    else if (movedUp) this.#stay();
    this.#remember();
    this.reach();
  }

  /** Shows the newest line, and follows from now on. */
  toEnd(): void {
    this.view.showNewest();
    this.#follow();
    this.#settle();
  }

  /** Brings in what is needed near the ends of what is in the page. */
  protected readonly reach = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport().nativeElement;
    const lines = this.view.lines();
    const { from, to } = windowRange(lines, this.#window());
    const nearEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.view.problem() !== undefined) return;
    if (nearEnd && to === lines.length && this.view.hasLater()) void this.view.loadLater();
    else if (scrollTop < NEAR) {
      if (from > 0 && this.awayFromEnd()) this.#window.update((window) => earlier(lines, window));
      else if (from === 0 && this.view.hasEarlier()) {
        // At the end one needs no history, unless the place is not filled.
        if (this.awayFromEnd() || (this.view.caughtUp() && scrollHeight <= clientHeight))
          void this.view.loadEarlier();
      }
    } else if (to < lines.length && nearEnd) {
      this.#window.update((window) => later(lines, window));
    }
  };

  protected isTarget(line: Line): boolean {
    return 'seq' in line && line.seq === this.view.target()?.seq;
  }

  protected markedIn(line: Line): readonly string[] {
    return this.isTarget(line) ? this.search.marked() : NOTHING;
  }

  #show(seq: number): void {
    const lines = this.view.lines();
    const index = lines.findIndex((line) => 'seq' in line && line.seq === seq);
    if (index < 0) return;
    this.#goTo = seq;
    if (this.#leftAt() === undefined) this.#leftAt.set(this.view.newestSeq());
    this.#window.set(around(lines, index));
  }

  #seesEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport().nativeElement;
    const { to } = windowRange(this.view.lines(), this.#window());
    return (
      scrollHeight - scrollTop - clientHeight < AT_END_PX &&
      to === this.view.lines().length &&
      !this.view.hasLater()
    );
  }

  #follow(): void {
    this.#leftAt.set(undefined);
    this.#window.set(AT_END);
  }

  #stay(): void {
    if (this.#leftAt() !== undefined) return;
    this.#leftAt.set(this.view.newestSeq());
    this.#window.update((window) => held(this.view.lines(), window));
  }

  /** After a change of what is in the page: at the line that is wanted, at the end again, or where the reader was. */
  #settle(): void {
    const viewport = this.viewport().nativeElement;
    const wanted = this.#goTo === undefined ? null : viewport.querySelector(`[data-seq="${this.#goTo}"]`);
    if (wanted) {
      this.#goTo = undefined;
      wanted.scrollIntoView({ block: 'center' });
      if (untracked(() => this.#seesEnd())) this.#follow();
    } else if (untracked(this.awayFromEnd)) this.#anchor.restore(viewport);
    else viewport.scrollTop = viewport.scrollHeight;
    this.#remember();
  }

  #remember(): void {
    const viewport = this.viewport().nativeElement;
    this.#scrollTop = viewport.scrollTop;
    this.#anchor.remember(viewport, this.content().nativeElement.children);
  }
}

/** Counted from the end on: however long the conversation is, what is new is short. */
function unseenAfter(lines: readonly Line[], leftAt: number): number {
  let count = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (!line || !('seq' in line)) continue;
    if (line.seq <= leftAt) break;
    if ((line.kind === 'chat' || line.kind === 'speech') && !line.own) count++;
  }
  return count;
}
