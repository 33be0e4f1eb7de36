import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Id, ListedRoom, Member, Role, RoomId } from '@studio/contracts';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { eachAtOnce } from '../each-at-once.ts';
import { LOGGER, OBJECT_STORE } from '../ports.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { roomOf } from '../rooms/room-object.ts';
import type { StoredRoom } from '../rooms/room-object.ts';
import { roleOf } from './entry.ts';
import { Members } from './members.ts';
import {
  mergeRooms,
  personalMetadata,
  personalRoomName,
  personalRoomOf,
  visitName,
  visitsOf,
} from './personal-room.ts';
import type { PersonalRoom } from './personal-room.ts';

/** Lists that are brought up to date at the same time. */
const AT_ONCE = 16;

/**
 * The rooms of each person, written in the background: a list is a copy, and what fails here is made good by the next visit or change of
 * the room.
 */
@Injectable()
export class PersonalRooms implements BeforeApplicationShutdown {
  private readonly running = new Set<Promise<void>>();
  /** The rooms that are being shown to all their members, with what is to be shown of them next. */
  private readonly showing = new Map<RoomId, StoredRoom | undefined>();

  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A person is in the room now, and is called that. */
  visit(roomId: RoomId, user: { id: Id; name: string }): void {
    const visitedAt = Date.now();
    this.inBackground(roomId, async () => {
      const stored = await this.directory.load(roomId);
      const member = await this.members.find(roomOf(stored), user.id);
      if (member !== undefined && member.name !== user.name) {
        // The owner of a room of before there were members has no object yet.
        await this.members.add(roomId, member);
        await this.members.update(roomId, user.id, (kept) => ({ ...kept, name: user.name }));
      }
      await this.bringAsItIs(roomId, user.id, visitedAt);
    });
  }

  /** Something about a person in the room has changed. */
  refresh(roomId: RoomId, personId: Id): void {
    this.inBackground(roomId, () => this.bringAsItIs(roomId, personId));
  }

  /**
   * Something about the room has changed, which all its members see in their lists. Of several changes that come while the lists are
   * brought up to date the newest is shown once, afterwards.
   */
  refreshAll(stored: StoredRoom): void {
    const { id, revision } = stored;
    if (this.showing.has(id)) {
      if (revision >= (this.showing.get(id)?.revision ?? 0)) this.showing.set(id, stored);
      return;
    }
    this.showing.set(id, undefined);
    this.inBackground(id, async () => {
      try {
        await eachAtOnce(this.members.all(roomOf(stored)), AT_ONCE, (member) => this.show(stored, member));
      } finally {
        const next = this.showing.get(id);
        this.showing.delete(id);
        if (next !== undefined) this.refreshAll(next);
      }
    });
  }

  /** `member`: as they were listed, maybe a moment ago. */
  private async show(stored: StoredRoom, member: Member): Promise<void> {
    await this.bring(stored, member.id, member);
    const now = await this.members.find(roomOf(stored), member.id);
    if (roleOf(now) !== roleOf(member)) await this.bringAsItIs(stored.id, member.id);
  }

  /**
   * Brings the list of a person up to date with what they are in the room now. Looks again until that has not changed meanwhile: of
   * several who do it at once the last one writes what is true.
   */
  private async bringAsItIs(roomId: RoomId, personId: Id, visitedAt?: number): Promise<void> {
    for (let shown: Role | null | undefined; ;) {
      const stored = await this.directory.load(roomId);
      const member = await this.members.find(roomOf(stored), personId);
      if (roleOf(member) === shown) return;
      await this.bring(stored, personId, member, visitedAt);
      shown = roleOf(member);
    }
  }

  /** Brings the list of a person up to date: with the room, or without it when they are not a member. */
  async bring(
    stored: StoredRoom,
    personId: Id,
    member: Member | undefined,
    visitedAt?: number,
  ): Promise<void> {
    const role = roleOf(member);
    if (role === null) return this.remove(stored.id, personId);
    const room: ListedRoom = { ...roomOf(stored), role, ...(visitedAt !== undefined && { visitedAt }) };
    const name = personalRoomName(personId, stored.id);
    for (;;) {
      const there = await this.store.get(name);
      const kept = there && personalRoomOf(there);
      const next = mergeRooms(kept, { ...room, role, revision: stored.revision });
      if (isDeepStrictEqual(kept, next)) return;
      // Whatever visit is forgotten now has no object any more.
      await this.removeVisits(stored.id, personId, without(visitsOf(kept), visitsOf(next)));
      try {
        await this.store.put(name, new Uint8Array(), {
          expect: there?.generation ?? ABSENT,
          metadata: personalMetadata(next),
        });
        await this.showVisit(personId, next);
        return;
      } catch (error) {
        // Somebody else has brought it up to date meanwhile: with what they knew, and we with ours.
        if (!(error instanceof PreconditionFailedError)) throw error;
      }
    }
  }

  /** Takes a room out of the lists of a person. */
  async remove(roomId: RoomId, personId: Id): Promise<void> {
    const name = personalRoomName(personId, roomId);
    const there = await this.store.get(name);
    if (there === undefined) return;
    const visits = visitsOf(personalRoomOf(there));
    // Before, so that a process that dies leaves none; and after, for one that is shown at the same time: see `showVisit`.
    await this.removeVisits(roomId, personId, visits);
    await this.store.delete(name);
    await this.removeVisits(roomId, personId, visits);
  }

  /** Puts the last visit into its order, in place of the one before. */
  private async showVisit(personId: Id, room: PersonalRoom): Promise<void> {
    const { id: roomId, visitedAt, visitedBefore } = room;
    if (visitedAt === undefined) return;
    const metadata = personalMetadata(room);
    await this.store.put(visitName(personId, roomId, visitedAt), new Uint8Array(), { metadata });
    if (visitedBefore !== undefined) await this.removeVisits(roomId, personId, [visitedBefore]);
    const now = await this.store.get(personalRoomName(personId, roomId));
    await this.removeVisits(roomId, personId, without([visitedAt], visitsOf(now && personalRoomOf(now))));
  }

  private async removeVisits(roomId: RoomId, personId: Id, visits: readonly number[]): Promise<void> {
    await Promise.all(visits.map((at) => this.store.delete(visitName(personId, roomId, at))));
  }

  async beforeApplicationShutdown(): Promise<void> {
    // What ends may have begun something more.
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private inBackground(roomId: RoomId, action: () => Promise<void>): void {
    const running = action()
      .catch((error: unknown) =>
        this.logger.warn({ roomId, err: error }, 'a list of rooms is not up to date'),
      )
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }
}

function without(times: readonly number[], others: readonly number[]): number[] {
  return times.filter((at) => !others.includes(at));
}
