import { Service, inject, signal } from '@angular/core';
import { StudioError } from '@studio/contracts';
import type { Room } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

/** The rooms that this person finds, newest first. */
@Service({ autoProvided: false })
export class RoomsStore {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #rooms = signal<readonly Room[] | undefined>(undefined);
  readonly #next = signal<string | undefined>(undefined);
  readonly #loading = signal(false);
  readonly #problem = signal<string | undefined>(undefined);

  /** Undefined until the first page has come. */
  readonly rooms = this.#rooms.asReadonly();
  readonly loading = this.#loading.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Cursor of the next page, when there is one. */
  readonly next = this.#next.asReadonly();

  /** The newest rooms; what was there before stays until they have come. */
  reload(): Promise<void> {
    return this.#load(undefined, () => []);
  }

  loadMore(): Promise<void> {
    return this.#load(this.#next(), () => this.#rooms() ?? []);
  }

  async #load(cursor: string | undefined, before: () => readonly Room[]): Promise<void> {
    this.#loading.set(true);
    try {
      const { rooms, next } = await this.#api.rooms({ cursor });
      this.#rooms.set([...before(), ...rooms]);
      this.#next.set(next);
      this.#problem.set(undefined);
    } catch (error) {
      const known = StudioError.from(error);
      if (known.code === 'unauthenticated') this.#session.expired();
      this.#problem.set(known.message);
    } finally {
      this.#loading.set(false);
    }
  }
}
