import { Service, inject, signal } from '@angular/core';
import type { RoomView } from '@studio/contracts';
import { RoomId, StudioError } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

export type Found =
  | { readonly state: 'looking' }
  | { readonly state: 'found'; readonly view: RoomView }
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly reason: string };

/** The room that a link means, and what stands between it and this person. */
@Service({ autoProvided: false })
export class RoomLookup {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #found = signal<Found>({ state: 'looking' });
  readonly found = this.#found.asReadonly();

  /** Never rejects: see {@link found}. */
  async find(roomId: string): Promise<Found> {
    const found = await this.#ask(roomId);
    this.#found.set(found);
    return found;
  }

  async #ask(roomId: string): Promise<Found> {
    if (!RoomId.safeParse(roomId).success) return { state: 'missing' };
    try {
      return { state: 'found', view: await this.#api.room(roomId) };
    } catch (error) {
      const { code, message } = StudioError.from(error);
      if (code === 'not_found') return { state: 'missing' };
      if (code === 'unauthenticated') this.#session.expired();
      return { state: 'failed', reason: message };
    }
  }
}
