import { Service, inject, signal } from '@angular/core';
import type { GivenRole, Invite } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { errorWords } from '../../ui/error-words.ts';
import { RoomStore } from '../room-store.ts';

/** The links that let people in. Nothing here rejects: see {@link problem}. */
@Service({ autoProvided: false })
export class InvitesStore {
  readonly #api = inject(STUDIO_API);
  readonly #room = inject(RoomStore);
  readonly #invites = signal<readonly Invite[] | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #busy = signal(false);

  /** The newest first; undefined until they are loaded. */
  readonly invites = this.#invites.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly busy = this.#busy.asReadonly();

  load(): Promise<void> {
    return this.#do(async (roomId) => this.#invites.set(newestFirst(await this.#api.invites(roomId))));
  }

  /** @param hours until it expires; null: never */
  create(role: GivenRole, hours: number | null): Promise<void> {
    return this.#do(async (roomId) => {
      const invite = await this.#api.invite(roomId, { role, hours });
      this.#invites.update((known = []) => [invite, ...known]);
    });
  }

  revoke({ id }: Invite): Promise<void> {
    return this.#do(async (roomId) => {
      await this.#api.revokeInvite(roomId, id);
      this.#invites.update((known) => known?.filter((invite) => invite.id !== id));
    });
  }

  async #do(action: (roomId: string) => Promise<void>): Promise<void> {
    const room = this.#room.room();
    if (!room || this.#busy()) return;
    this.#busy.set(true);
    this.#problem.set(undefined);
    try {
      await action(room.id);
    } catch (error) {
      this.#problem.set(errorWords(error));
    } finally {
      this.#busy.set(false);
    }
  }
}

function newestFirst(invites: readonly Invite[]): Invite[] {
  return invites.toSorted((a, b) => b.createdAt - a.createdAt);
}
