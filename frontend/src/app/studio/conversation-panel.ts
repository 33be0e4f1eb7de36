import { DatePipe } from '@angular/common';
import type { ElementRef } from '@angular/core';
import {
  Component,
  DestroyRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiArrowDown, mdiForumOutline } from '@mdi/js';
import { Icon } from '../ui/icon.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import type { Line } from './conversation-lines.ts';
import type { LineWindow } from './line-window.ts';
import { AT_END, earlier, held, later, windowRange } from './line-window.ts';
import { MessageLine } from './message-line.ts';
import { RoomStore } from './room-store.ts';
import { ScrollAnchor } from './scroll-anchor.ts';

/** Closer than this to an end of what is in the page, more of it is brought in, in pixels. */
const NEAR = 600;
/** Closer than this to the end counts as the end, in pixels. */
const AT_END_PX = 40;

/** The conversation: follows its end, unless the reader has scrolled up, and reaches back to its begin. */
@Component({
  selector: 'kss-conversation-panel',
  imports: [DatePipe, Icon, MatButton, MessageLine, NoticeCard],
  templateUrl: './conversation-panel.html',
  styleUrl: './conversation-panel.scss',
})
export class ConversationPanel {
  protected readonly store = inject(RoomStore);
  readonly #destroyed = inject(DestroyRef);
  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  readonly #window = signal<LineWindow>(AT_END);
  /** The newest sequence when the reader left the end; undefined while they follow it. */
  readonly #leftAt = signal<number | undefined>(undefined);
  readonly #anchor = new ScrollAnchor();
  #scrollTop = 0;
  protected readonly icons = { mdiArrowDown, mdiForumOutline };

  protected readonly lines = computed(() => {
    const lines = this.store.lines();
    const { from, to } = windowRange(lines, this.#window());
    return lines.slice(from, to);
  });
  protected readonly unseen = computed(() => {
    const leftAt = this.#leftAt();
    if (leftAt === undefined) return 0;
    return this.store.lines().filter((line) => isUnseen(line, leftAt)).length;
  });
  protected readonly awayFromEnd = computed(() => this.#leftAt() !== undefined);

  constructor() {
    afterRenderEffect(() => {
      this.lines();
      this.store.loadingEarlier();
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

  protected onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport().nativeElement;
    const movedUp = scrollTop < this.#scrollTop - 1;
    this.#scrollTop = scrollTop;
    const { to } = windowRange(this.store.lines(), this.#window());
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX && to === this.store.lines().length;
    if (atEnd) this.#follow();
    else if (movedUp) this.#stay();
    this.#remember();
    this.reach();
  }

  /** Shows the newest line, and follows from now on. */
  toEnd(): void {
    this.#follow();
    this.#settle();
  }

  /** Brings in what is needed near the ends of what is in the page. */
  protected readonly reach = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport().nativeElement;
    const lines = this.store.lines();
    const { from, to } = windowRange(lines, this.#window());
    if (scrollTop < NEAR) {
      if (from > 0 && this.awayFromEnd()) this.#window.update((window) => earlier(lines, window));
      else if (from === 0 && this.#mayLoadEarlier()) {
        // At the end one needs no history, unless the place is not filled.
        if (this.awayFromEnd() || (this.store.caughtUp() && scrollHeight <= clientHeight))
          void this.store.loadEarlier();
      }
    } else if (to < lines.length && scrollHeight - scrollTop - clientHeight < NEAR) {
      this.#window.update((window) => later(lines, window));
    }
  };

  protected loadEarlier(): void {
    void this.store.loadEarlier();
  }

  #mayLoadEarlier(): boolean {
    return this.store.hasEarlier() && this.store.historyProblem() === undefined;
  }

  #follow(): void {
    this.#leftAt.set(undefined);
    this.#window.set(AT_END);
  }

  #stay(): void {
    if (this.#leftAt() !== undefined) return;
    this.#leftAt.set(this.store.events().at(-1)?.seq ?? 0);
    this.#window.update((window) => held(this.store.lines(), window));
  }

  /** After a change of what is in the page: at the end again, or where the reader was. */
  #settle(): void {
    const viewport = this.viewport().nativeElement;
    if (untracked(this.awayFromEnd)) this.#anchor.restore(viewport);
    else viewport.scrollTop = viewport.scrollHeight;
    this.#remember();
  }

  #remember(): void {
    const viewport = this.viewport().nativeElement;
    this.#scrollTop = viewport.scrollTop;
    this.#anchor.remember(viewport, this.content().nativeElement.children);
  }
}

function isUnseen(line: Line, leftAt: number): boolean {
  return (line.kind === 'chat' || line.kind === 'speech') && line.seq > leftAt && !line.own;
}
