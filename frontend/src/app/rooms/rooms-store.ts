import { Service, inject, signal } from '@angular/core';
import { StudioError } from '@studio/contracts';
import type { ListedRoom, RoomScope } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

/** Rooms in a page of the list: whole rows, however many stand in one. */
const PAGE = 24;

/** The rooms of one scope that this person finds, newest first. */
@Service({ autoProvided: false })
export class RoomsStore {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #scope = signal<RoomScope>('mine');
  readonly #rooms = signal<readonly ListedRoom[] | undefined>(undefined);
  readonly #next = signal<string | undefined>(undefined);
  readonly #loading = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  /** What was asked for last: the answer to an older question comes too late. */
  #asked = 0;

  readonly scope = this.#scope.asReadonly();
  /** Undefined until the first page has come. */
  readonly rooms = this.#rooms.asReadonly();
  readonly loading = this.#loading.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Cursor of the next page, when there is one. */
  readonly next = this.#next.asReadonly();

  /** Shows another scope from its beginning. */
  show(scope: RoomScope): Promise<void> {
    if (scope !== this.#scope()) {
      this.#scope.set(scope);
      this.#rooms.set(undefined);
      this.#next.set(undefined);
    }
    return this.reload();
  }

  /** The newest rooms; what was there before stays until they have come. */
  reload(): Promise<void> {
    return this.#load(undefined, () => []);
  }

  async loadMore(): Promise<void> {
    const cursor = this.#next();
    if (cursor !== undefined && !this.#loading()) await this.#load(cursor, () => this.#rooms() ?? []);
  }

  async #load(cursor: string | undefined, before: () => readonly ListedRoom[]): Promise<void> {
    const asked = ++this.#asked;
    this.#loading.set(true);
    this.#problem.set(undefined);
    try {
      let page = await this.#api.rooms({ scope: this.#scope(), cursor, limit: PAGE });
      // A page may be empty although there are more: those on it are not for this person.
      while (page.rooms.length === 0 && page.next !== undefined && asked === this.#asked)
        page = await this.#api.rooms({ scope: this.#scope(), cursor: page.next, limit: PAGE });
      const { rooms, next } = page;
      if (asked !== this.#asked) return;
      const known = before();
      const ids = new Set(known.map(({ id }) => id));
      // A room that was visited meanwhile has moved to another page of the recent ones.
      this.#rooms.set([...known, ...rooms.filter(({ id }) => !ids.has(id))]);
      this.#next.set(next);
    } catch (error) {
      if (asked !== this.#asked) return;
      const known = StudioError.from(error);
      if (known.code === 'unauthenticated') this.#session.expired();
      this.#problem.set(known.message);
    } finally {
      if (asked === this.#asked) this.#loading.set(false);
    }
  }
}
