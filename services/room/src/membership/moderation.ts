import { Injectable } from '@nestjs/common';
import { may, newId, outranks, StudioError } from '@studio/contracts';
import type { Id, Member, Role, Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import type { Change } from '../change.ts';
import { Conversation } from '../conversation/conversation.ts';
import { decide } from '../conversation/decision.ts';
import { Decisions } from '../conversation/decisions.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { ConnectionRoles } from './connection-roles.ts';
import { Entrance } from './entrance.ts';
import { HandOver } from './hand-over.ts';
import { Lobby } from './lobby.ts';
import { memberIn } from './member-object.ts';
import type { StoredMember } from './member-object.ts';
import { Members } from './members.ts';
import { PeopleSignals } from './people-signals.ts';
import { PersonalRooms } from './personal-rooms.ts';

/**
 * What owners and moderators decide about people. The member is written first, with the decision, then the decision is told; a repetition
 * changes nothing, and tells it if the first time died in between.
 */
@Injectable()
export class Moderation {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly decisions: Decisions,
    private readonly conversation: Conversation,
    private readonly entrance: Entrance,
    private readonly lobby: Lobby,
    private readonly connections: ConnectionRoles,
    private readonly signals: PeopleSignals,
    private readonly handOver: HandOver,
    private readonly personal: PersonalRooms,
  ) {}

  /** Who has been in the room; those who were removed for whoever may take them back. @throws StudioError not_found, forbidden, invalid */
  async list(request: RpcRequest<'room.members'>): Promise<RpcResponse<'room.members'>> {
    const { roomId, userId, cursor, limit } = request;
    const room = await this.directory.get(roomId);
    const role = await this.members.demand(room, userId, 'room.read', 'see who is a member');
    const page = await this.members.list(room, { cursor, limit });
    if (may(role, 'member.remove')) return page;
    return { ...page, members: page.members.filter(({ state }) => state === 'member') };
  }

  /** @throws StudioError not_found, forbidden, conflict, unavailable */
  async setRole({ roomId, user, memberId, role }: RpcRequest<'room.setRole'>): Promise<Member> {
    if (role === 'owner') return this.handOver.to(roomId, user, memberId);
    const judge = async (): Promise<{ room: Room; own: Role }> => {
      const room = await this.directory.get(roomId);
      const own = await this.members.demand(room, user.id, 'member.setRole', 'give roles');
      if (memberId === room.ownerId)
        throw new StudioError('forbidden', 'An owner stays one until they hand the room over.');
      return { room, own };
    };
    const after = await this.decide(roomId, memberId, judge, ({ room, own }, kept) => {
      if (kept.state === 'removed')
        throw new StudioError('conflict', 'This person was removed. Take them back first.');
      const before = roleNow(room, kept);
      mustOutrank(own, before);
      mustOutrank(own, role);
      if (before === role) return undefined;
      const participant = { id: kept.id, name: kept.name };
      return { ...kept, role, decision: decide(user, { type: 'participant.role', participant, role }) };
    });
    this.personal.refresh(roomId, memberId);
    // The gateways act by the event, whether or not the presence store can show the role now.
    await Promise.all([this.decisions.tell(roomId, after.decision), this.connections.show(roomId, memberId)]);
    return memberIn(await this.directory.get(roomId), memberId, after);
  }

  /** @throws StudioError not_found, forbidden, conflict, unavailable */
  async setMember({ roomId, user, memberId, state }: RpcRequest<'room.setMember'>): Promise<Member> {
    const what = state === 'removed' ? 'put anybody out' : 'take anybody back';
    if (memberId === user.id) throw new StudioError('forbidden', 'Nobody puts themselves out.');
    const judge = async (): Promise<{ room: Room; own: Role }> => {
      const room = await this.directory.get(roomId);
      const own = await this.members.demand(room, user.id, 'member.remove', what);
      if (memberId === room.ownerId) throw new StudioError('forbidden', 'Nobody puts the owner out.');
      return { room, own };
    };
    const after = await this.decide(roomId, memberId, judge, ({ room, own }, kept) => {
      mustOutrank(own, roleNow(room, kept));
      if (kept.state === state) return undefined;
      const type = state === 'removed' ? 'participant.removed' : 'participant.restored';
      const participant = { id: kept.id, name: kept.name };
      return { ...kept, state, decision: decide(user, { type, participant }) };
    });
    if (state === 'removed') await this.unlessOwner(roomId, memberId);
    this.personal.refresh(roomId, memberId);
    await this.decisions.tell(roomId, after.decision);
    return memberIn(await this.directory.get(roomId), memberId, after);
  }

  /** Nothing happens when they are not heard. @throws StudioError not_found, forbidden, unavailable */
  async mute({ roomId, user, memberId }: RpcRequest<'room.mute'>): Promise<void> {
    const room = await this.directory.get(roomId);
    const own = await this.members.demand(room, user.id, 'member.mute', 'switch off microphones');
    const member = await this.members.find(room, memberId);
    if (member === undefined) throw new StudioError('not_found', 'This person has not been in the room.');
    mustOutrank(own, member.role);
    const speaker = (await this.signals.look(roomId)).find(({ id }) => id === memberId);
    if (speaker?.media.microphone !== true) return;
    await this.conversation.append(roomId, {
      key: `participant.muted:${newId()}`,
      actor: { ...user, kind: 'person' },
      body: { type: 'participant.muted', participant: { id: speaker.id, name: speaker.name } },
    });
  }

  /** @throws StudioError not_found when nobody knocks who is not in already, forbidden, conflict */
  async answerKnock(request: RpcRequest<'room.answerKnock'>): Promise<void> {
    const { roomId, user, personId, admit } = request;
    const room = await this.directory.get(roomId);
    await this.members.demand(room, user.id, 'room.admit', 'let anybody in');
    if (!admit) {
      if (!(await this.lobby.refuse(roomId, personId))) throw nobodyKnocks();
      return;
    }
    const knock = await this.lobby.find(roomId, personId);
    if (knock !== undefined) await this.entrance.admit(room, { id: personId, name: knock.name }, 'member');
    else if ((await this.members.role(room, personId)) === null) throw nobodyKnocks();
    await this.lobby.withdraw(roomId, personId);
  }

  /**
   * Decides about a member, when what was decided about them before has been told. Whoever decides is judged first, and again whenever the
   * member is read in order to be written: they may have lost their own role meanwhile.
   */
  private async decide<T>(
    roomId: RoomId,
    memberId: Id,
    judge: () => Promise<T>,
    change: (judged: T, kept: StoredMember) => StoredMember | undefined,
  ): Promise<StoredMember> {
    await judge();
    const known = await this.members.kept(roomId, memberId);
    const update = (how: Change<StoredMember>) => this.members.update(roomId, memberId, how);
    return this.decisions.replace(roomId, known?.decision, update, async (kept) =>
      change(await judge(), kept),
    );
  }

  /** Takes the removal of somebody back to whom the room was handed over in the same moment. */
  private async unlessOwner(roomId: RoomId, memberId: Id): Promise<void> {
    if ((await this.directory.get(roomId)).ownerId !== memberId) return;
    await this.members.update(roomId, memberId, ({ decision: _untold, ...kept }) => ({
      ...kept,
      state: 'member',
    }));
    throw new StudioError('conflict', 'The room was handed over to this person meanwhile.');
  }
}

function roleNow(room: Room, kept: StoredMember): Role {
  return memberIn(room, kept.id, kept).role;
}

function mustOutrank(own: Role, other: Role): void {
  if (!outranks(own, other))
    throw new StudioError('forbidden', `As ${own} of this room you may not decide about a role of ${other}.`);
}

function nobodyKnocks(): StudioError {
  return new StudioError('not_found', 'This person does not wait to be let in any more.');
}
