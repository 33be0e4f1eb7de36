import { Service, inject, signal } from '@angular/core';
import type { Room } from '@studio/contracts';
import { RoomId, StudioError } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';

export type Found =
  | { readonly state: 'looking' }
  | { readonly state: 'open'; readonly room: Room }
  | { readonly state: 'closed'; readonly room: Room }
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly reason: string };

/** Whether the room that a link means is there. */
@Service({ autoProvided: false })
export class RoomLookup {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #found = signal<Found>({ state: 'looking' });
  readonly found = this.#found.asReadonly();

  /** Never rejects: see {@link found}. @returns whether the room can be joined */
  async find(roomId: string): Promise<boolean> {
    const found = await this.#ask(roomId);
    this.#found.set(found);
    return found.state === 'open';
  }

  async #ask(roomId: string): Promise<Found> {
    if (!RoomId.safeParse(roomId).success) return { state: 'missing' };
    try {
      const { room } = await this.#api.room(roomId);
      return { state: room.status, room };
    } catch (error) {
      const { code, message } = StudioError.from(error);
      if (code === 'not_found') return { state: 'missing' };
      if (code === 'unauthenticated') this.#session.expired();
      return { state: 'failed', reason: message };
    }
  }
}
