import { Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Id, Member, RoomId, RpcRequest } from '@studio/contracts';
import type { Change } from '../change.ts';
import { decide } from '../conversation/decision.ts';
import { Decisions } from '../conversation/decisions.ts';
import type { Decision } from '../conversation/decision.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { roomOf } from '../rooms/room-object.ts';
import type { StoredRoom } from '../rooms/room-object.ts';
import { ConnectionRoles } from './connection-roles.ts';
import { Members } from './members.ts';
import { PersonalRooms } from './personal-rooms.ts';

type User = RpcRequest<'room.setRole'>['user'];

/**
 * Ownership passes on in one write of the room; everything else follows from the decision that is kept there, so that a repetition by the
 * former owner finishes what died in between.
 */
@Injectable()
export class HandOver {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly decisions: Decisions,
    private readonly connections: ConnectionRoles,
    private readonly personal: PersonalRooms,
  ) {}

  /** @throws StudioError not_found, forbidden, conflict when the heir was removed */
  async to(roomId: RoomId, user: User, heirId: Id): Promise<Member> {
    const stored = await this.directory.load(roomId);
    const after = isHandOver(stored, user.id, heirId) ? stored : await this.pass(stored, user, heirId);
    const room = roomOf(after);
    const heir = await this.members.find(room, heirId);
    if (heir === undefined || after.decision === undefined || !isHandOver(after, user.id, heirId))
      throw new StudioError('conflict', 'The room was handed over to somebody else meanwhile.');
    await this.settle(after, user, heirId);
    this.personal.refreshAll(after);
    await Promise.all([
      this.decisions.tell(roomId, after.decision),
      this.decisions.tell(roomId, resignation(after.decision)),
      this.connections.show(roomId, heirId),
      this.connections.show(roomId, user.id),
    ]);
    return heir;
  }

  private async pass(stored: StoredRoom, user: User, heirId: Id): Promise<StoredRoom> {
    const room = roomOf(stored);
    await this.members.demand(room, user.id, 'room.handOver', 'hand it over');
    if (heirId === user.id) throw new StudioError('conflict', 'The room is yours already.');
    const heir = await this.members.find(room, heirId);
    if (heir === undefined) throw new StudioError('not_found', 'This person has not been in the room.');
    if (heir.state !== 'member')
      throw new StudioError('conflict', 'This person was removed. Take them back first.');
    const { id, name } = heir;
    const pass = (now: StoredRoom): StoredRoom | undefined => {
      if (now.ownerId !== user.id) return undefined;
      const decision = decide(user, { type: 'participant.role', participant: { id, name }, role: 'owner' });
      return { ...now, ownerId: id, ownerName: name, revision: now.revision + 1, decision };
    };
    const update = (how: Change<StoredRoom>) => this.directory.update(room.id, how);
    return this.decisions.replace(room.id, stored.decision, update, pass);
  }

  /** What is kept of both follows the room. */
  private async settle(after: StoredRoom, user: User, heirId: Id): Promise<void> {
    const { id: roomId, createdAt } = after;
    const former = { id: user.id, name: user.name, role: 'moderator', state: 'member' } as const;
    await this.members.add(roomId, { ...former, since: createdAt });
    await this.members.update(roomId, user.id, (kept) =>
      kept.role === 'moderator' ? undefined : { ...kept, role: 'moderator' },
    );
    const heir = await this.members.update(roomId, heirId, (kept) => {
      if (kept.state === 'member') return kept.role === 'owner' ? undefined : { ...kept, role: 'owner' };
      // Put out in the moment in which they became the owner, whom nobody puts out.
      const decision = decide(user, {
        type: 'participant.restored',
        participant: { id: kept.id, name: kept.name },
      });
      return { ...kept, role: 'owner', state: 'member', decision };
    });
    await this.decisions.tell(roomId, heir.decision);
  }
}

function isHandOver({ ownerId, decision }: StoredRoom, from: Id, to: Id): boolean {
  return ownerId === to && decision?.by.id === from && decision.body.type === 'participant.role';
}

/** The former owner's part of the decision, which made them a moderator. */
function resignation({ key, at, by }: Decision): Decision {
  const participant = { id: by.id, name: by.name };
  return { key: `${key}.former`, at, by, body: { type: 'participant.role', participant, role: 'moderator' } };
}
