import { Inject, Injectable } from '@nestjs/common';
import { may, StudioError } from '@studio/contracts';
import type { Id, Member, Permission, Role, Room, RoomId } from '@studio/contracts';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import type { Change } from '../change.ts';
import { OBJECT_STORE } from '../ports.ts';
import { idCursor } from '../rooms/id-cursor.ts';
import {
  decodeMember,
  encodeMember,
  memberIn,
  memberMetadata,
  memberObjectName,
  memberOfSummary,
  memberPrefix,
  ownerOf,
  personIdOf,
} from './member-object.ts';
import type { StoredMember } from './member-object.ts';

/** How often a change is tried while others change the same member. */
const MOST_TRIES = 20;
/** Members of one call of the store, when all are wanted. */
const PAGE = 500;

/** The people who have been in rooms: one object each, so that a crowd that enters at once does not write the same one. */
@Injectable()
export class Members {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** What a person is in the room, removed or not; undefined for whoever has not been in it. */
  async find(room: Room, personId: Id): Promise<Member | undefined> {
    return memberIn(room, personId, await this.kept(room.id, personId));
  }

  /** What is kept of a person; {@link memberIn} says what it means. */
  async kept(roomId: RoomId, personId: Id): Promise<StoredMember | undefined> {
    return (await this.read(roomId, personId))?.stored;
  }

  /** Null for whoever has not been in the room or was removed. */
  async role(room: Room, personId: Id): Promise<Role | null> {
    if (personId === room.ownerId) return 'owner';
    const member = await this.find(room, personId);
    return member?.state === 'member' ? member.role : null;
  }

  /** What the person may do, who may do that. `what` completes the sentence. @throws StudioError forbidden */
  async demand(room: Room, personId: Id, permission: Permission, what: string): Promise<Role> {
    const role = await this.role(room, personId);
    if (role === null) throw new StudioError('forbidden', 'You are not a member of this room.');
    if (!may(role, permission))
      throw new StudioError('forbidden', `As ${role} of this room you may not ${what}.`);
    return role;
  }

  /** Adds somebody, and resolves with what is kept of them: what was there before, if they were. */
  async add(roomId: RoomId, member: StoredMember): Promise<StoredMember> {
    try {
      await this.write(roomId, member, ABSENT);
      return member;
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
      return this.update(roomId, member.id, () => undefined);
    }
  }

  /**
   * Makes of a member what `change` makes of them, and resolves with that. `change` is asked again when somebody else has written
   * meanwhile; undefined: nothing is to be written.
   * @throws StudioError not_found, unavailable, and what `change` throws
   */
  async update(roomId: RoomId, personId: Id, change: Change<StoredMember>): Promise<StoredMember> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const before = await this.read(roomId, personId);
      if (before === undefined) throw new StudioError('not_found', 'This person has not been in the room.');
      const next = await change(before.stored);
      if (next === undefined) return before.stored;
      try {
        await this.write(roomId, next, before.generation);
        return next;
      } catch (error) {
        if (!(error instanceof PreconditionFailedError)) throw error;
      }
    }
    throw new StudioError('unavailable', 'Too many change this member at the same time. Try again.');
  }

  /** A page of who has been in the room, the removed ones among them. The cursor is the id after which to go on. @throws StudioError invalid */
  async list(
    room: Room,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ members: Member[]; next?: string }> {
    const after = idCursor(page.cursor);
    const { objects, next } = await this.store.list(memberPrefix(room.id), {
      limit: page.limit,
      ...(after !== undefined && { after: memberObjectName(room.id, after) }),
    });
    const kept = objects.flatMap((object) => memberOfSummary(object) ?? []);
    const members = kept.map((member) => memberIn(room, member.id, member));
    // A room of before there were members: its owner has no object.
    if (after === undefined && (await this.read(room.id, room.ownerId)) === undefined)
      members.unshift(ownerOf(room, undefined));
    return { members, ...(next !== undefined && { next: personIdOf(next) }) };
  }

  /** Everybody who has been in the room, page by page. */
  async *all(room: Room): AsyncGenerator<Member> {
    let cursor: string | undefined;
    do {
      const { members, next } = await this.list(room, { cursor, limit: PAGE });
      yield* members;
      cursor = next;
    } while (cursor !== undefined);
  }

  private async write(roomId: RoomId, member: StoredMember, expect: string): Promise<void> {
    await this.store.put(memberObjectName(roomId, member.id), encodeMember(member), {
      expect,
      metadata: memberMetadata(member),
    });
  }

  private async read(
    roomId: RoomId,
    personId: Id,
  ): Promise<{ stored: StoredMember; generation: string } | undefined> {
    const object = await this.store.get(memberObjectName(roomId, personId));
    return object && { stored: decodeMember(object.data), generation: object.generation };
  }
}
