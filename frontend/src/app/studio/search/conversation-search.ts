import { DestroyRef, Service, computed, inject, signal } from '@angular/core';
import { SearchQuery, StudioError } from '@studio/contracts';
import type { SearchHit } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { ConversationView } from '../conversation-view.ts';

/** Words that are looked for in the conversation of one room: the hits, newest first, and the one that is shown. */
@Service({ autoProvided: false })
export class ConversationSearch {
  readonly #api = inject(STUDIO_API);
  readonly #view = inject(ConversationView);
  readonly #open = signal(false);
  readonly #query = signal('');
  readonly #hits = signal<readonly SearchHit[]>([]);
  readonly #next = signal<number | undefined>(undefined);
  readonly #current = signal<number | undefined>(undefined);
  readonly #busy = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #searched = signal('');
  readonly #listed = signal(true);
  #request: AbortController | undefined;

  readonly isOpen = this.#open.asReadonly();
  readonly query = this.#query.asReadonly();
  readonly hits = this.#hits.asReadonly();
  /** There are more than these. */
  readonly more = computed(() => this.#next() !== undefined);
  /** Index of the hit that is shown in the conversation. */
  readonly current = this.#current.asReadonly();
  readonly busy = this.#busy.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Whether the hits are looked at in a list; otherwise the conversation is. */
  readonly listed = this.#listed.asReadonly();
  /** Whether the hits are those of what is asked. */
  readonly answered = computed(() => this.#searched() !== '' && this.#searched() === this.#query().trim());
  /** What was found in the line that is shown, as it is written there. */
  readonly marked = computed<readonly string[]>(() => {
    const hit = this.#hits()[this.#current() ?? -1];
    return hit ? [...new Set(hit.marks.map(([from, to]) => hit.snippet.slice(from, to)))] : [];
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#request?.abort());
  }

  open(): void {
    this.#open.set(true);
  }

  /** Shows the hits in a list again. */
  list(): void {
    this.#listed.set(true);
  }

  close(): void {
    this.#request?.abort();
    this.#open.set(false);
    this.#query.set('');
    this.#forget();
    this.#view.forgetTarget();
  }

  /** Asks for the newest hits of a query; what is too short finds nothing. Never rejects: see {@link problem}. */
  async search(query: string): Promise<void> {
    this.#query.set(query);
    this.#request?.abort();
    this.#forget();
    this.#listed.set(true);
    const asked = SearchQuery.safeParse(query).data;
    if (asked !== undefined) await this.#load(asked, undefined);
  }

  /** Never rejects: see {@link problem}. */
  async loadMore(): Promise<void> {
    const before = this.#next();
    if (before !== undefined && !this.#busy()) await this.#load(this.#query().trim(), before);
  }

  /** Shows one of the hits in the conversation. */
  async show(index: number): Promise<void> {
    const hit = this.#hits()[index];
    if (!hit) return;
    this.#current.set(index);
    this.#listed.set(false);
    await this.#view.showLine(hit.seq);
  }

  /** The next hit towards the beginning of the conversation, the newest one first. */
  async older(): Promise<void> {
    const index = (this.#current() ?? -1) + 1;
    if (index >= this.#hits().length) await this.loadMore();
    await this.show(index);
  }

  async newer(): Promise<void> {
    await this.show((this.#current() ?? 0) - 1);
  }

  /** Shows the hit in this line, when it is among those that were found. */
  markLine(seq: number): void {
    const index = this.#hits().findIndex((hit) => hit.seq === seq);
    if (index < 0) return;
    this.#current.set(index);
    this.#listed.set(false);
  }

  #forget(): void {
    this.#hits.set([]);
    this.#next.set(undefined);
    this.#current.set(undefined);
    this.#problem.set(undefined);
    this.#searched.set('');
    this.#busy.set(false);
  }

  async #load(query: string, before: number | undefined): Promise<void> {
    const roomId = this.#view.roomId();
    if (roomId === undefined) return;
    const request = new AbortController();
    const { signal } = request;
    this.#request = request;
    this.#busy.set(true);
    this.#problem.set(undefined);
    try {
      const { hits, next } = await this.#api.searchRoom(roomId, query, { before }, { signal });
      if (signal.aborted) return;
      this.#hits.update((known) => [...known, ...hits]);
      this.#next.set(next);
      this.#searched.set(query);
    } catch (error) {
      if (!signal.aborted) this.#problem.set(StudioError.from(error).message);
    } finally {
      if (!signal.aborted) this.#busy.set(false);
    }
  }
}
