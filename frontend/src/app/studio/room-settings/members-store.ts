import { Service, inject, signal } from '@angular/core';
import type { GivenRole, Member } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { errorWords } from '../../ui/error-words.ts';
import { MemberActions } from '../people/member-actions.ts';
import { RoomStore } from '../room-store.ts';

/** Everybody who has been in the room, in it now or not. Nothing here rejects: see {@link problem}. */
@Service({ autoProvided: false })
export class MembersStore {
  readonly #api = inject(STUDIO_API);
  readonly #room = inject(RoomStore);
  readonly #actions = inject(MemberActions);
  readonly #members = signal<readonly Member[] | undefined>(undefined);
  readonly #next = signal<string | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #busy = signal(false);

  /** Undefined until the first page has come. */
  readonly members = this.#members.asReadonly();
  /** Cursor of the next page, when there is one. */
  readonly next = this.#next.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly busy = this.#busy.asReadonly();

  load(): Promise<void> {
    return this.#load(undefined, []);
  }

  loadMore(): Promise<void> {
    return this.#load(this.#next(), this.#members() ?? []);
  }

  async setRole(member: Member, role: GivenRole): Promise<void> {
    const room = this.#room.room();
    if (room && (await this.#actions.setRole(room, member, role))) this.#replace({ ...member, role });
  }

  async remove(member: Member): Promise<void> {
    const room = this.#room.room();
    if (room && (await this.#actions.remove(room, member))) this.#replace({ ...member, state: 'removed' });
  }

  async restore(member: Member): Promise<void> {
    const room = this.#room.room();
    if (room && (await this.#actions.restore(room, member))) this.#replace({ ...member, state: 'member' });
  }

  async handOver(member: Member): Promise<void> {
    const room = this.#room.room();
    if (room && (await this.#actions.handOver(room, member))) await this.load();
  }

  #replace(member: Member): void {
    this.#members.update((known) => known?.map((other) => (other.id === member.id ? member : other)));
  }

  async #load(cursor: string | undefined, before: readonly Member[]): Promise<void> {
    const room = this.#room.room();
    if (!room || this.#busy()) return;
    this.#busy.set(true);
    this.#problem.set(undefined);
    try {
      const { members, next } = await this.#api.members(room.id, { cursor });
      this.#members.set([...before, ...members]);
      this.#next.set(next);
    } catch (error) {
      this.#problem.set(errorWords(error));
    } finally {
      this.#busy.set(false);
    }
  }
}
