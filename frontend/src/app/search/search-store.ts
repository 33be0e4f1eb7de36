import { DestroyRef, Service, computed, inject, signal } from '@angular/core';
import { SearchQuery, StudioError } from '@studio/contracts';
import type { StudioHits } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

/** So many pages without a hit are gone through by itself; then the person decides whether to go on. */
const PAGES = 5;

/** Words that are looked for in all rooms of this person. */
@Service({ autoProvided: false })
export class SearchStore {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #query = signal('');
  readonly #rooms = signal<StudioHits['rooms']>([]);
  readonly #searched = signal(0);
  readonly #next = signal<string | undefined>(undefined);
  readonly #busy = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  #request: AbortController | undefined;

  readonly query = this.#query.asReadonly();
  readonly rooms = this.#rooms.asReadonly();
  /** Rooms that were looked through. */
  readonly searched = this.#searched.asReadonly();
  readonly more = computed(() => this.#next() !== undefined);
  readonly busy = this.#busy.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Whether what is asked is long enough to be looked for. */
  readonly asks = computed(() => SearchQuery.safeParse(this.#query()).success);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#request?.abort());
  }

  /** Never rejects: see {@link problem}. */
  async search(query: string): Promise<void> {
    this.#request?.abort();
    this.#query.set(query.trim());
    this.#rooms.set([]);
    this.#searched.set(0);
    this.#next.set(undefined);
    this.#problem.set(undefined);
    this.#busy.set(false);
    if (this.asks()) await this.#load(undefined);
  }

  /** Never rejects: see {@link problem}. */
  async loadMore(): Promise<void> {
    const cursor = this.#next();
    if (cursor !== undefined && !this.#busy()) await this.#load(cursor);
  }

  async #load(from: string | undefined): Promise<void> {
    const request = new AbortController();
    const { signal } = request;
    this.#request = request;
    this.#busy.set(true);
    this.#problem.set(undefined);
    try {
      let cursor = from;
      for (let page = 0; page < PAGES; page++) {
        const found = await this.#api.search(this.#query(), cursor, { signal });
        if (signal.aborted) return;
        this.#rooms.update((known) => [...known, ...found.rooms]);
        this.#searched.update((count) => count + found.searched);
        this.#next.set(found.next);
        cursor = found.next;
        if (found.rooms.length > 0 || cursor === undefined) break;
      }
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = StudioError.from(error);
      if (code === 'unauthenticated') this.#session.expired();
      this.#problem.set(message);
    } finally {
      if (!signal.aborted) this.#busy.set(false);
    }
  }
}
