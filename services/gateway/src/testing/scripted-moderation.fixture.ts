import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { StudioError, newId } from '@studio/contracts';
import type { Event, Invite, Member, RpcRequest, RpcResponse, SearchHit } from '@studio/contracts';
import { ScriptedRoom } from './scripted-room.fixture.ts';

/** What is decided about a scripted room and its people, and what is found in it. Everybody may decide everything. */
@Controller()
export class ScriptedModerationController {
  constructor(private readonly room: ScriptedRoom) {}

  @MessagePattern('room.change')
  change(@Payload() request: RpcRequest<'room.change'>): RpcResponse<'room.change'> {
    this.room.note('room.change', request);
    const { roomId, user, version } = request;
    const { passcode, ...settings } = request.change;
    const conversation = this.room.conversation(roomId);
    if (version !== undefined && version !== String(conversation.version))
      throw new StudioError('precondition_failed', 'Somebody else was faster.');
    const { room } = conversation;
    Object.assign(room, settings);
    if (passcode !== undefined) room.passcode = passcode !== null;
    conversation.version++;
    const body: Event['body'] = { type: 'room.changed', changes: ['changed'], room };
    this.write(request, body, `change.${conversation.version}`);
    return this.room.access(roomId, user.id);
  }

  @MessagePattern('room.setStatus')
  setStatus(@Payload() request: RpcRequest<'room.setStatus'>): RpcResponse<'room.setStatus'> {
    this.room.note('room.setStatus', request);
    const { roomId, user, status } = request;
    this.room.conversation(roomId).room.status = status;
    this.write(request, { type: status === 'closed' ? 'room.closed' : 'room.reopened' });
    return this.room.access(roomId, user.id);
  }

  @MessagePattern('room.delete')
  delete(@Payload() request: RpcRequest<'room.delete'>): RpcResponse<'room.delete'> {
    this.room.note('room.delete', request);
    this.room.delete(request.roomId);
    return {};
  }

  @MessagePattern('room.invites')
  invites(@Payload() request: RpcRequest<'room.invites'>): RpcResponse<'room.invites'> {
    this.room.note('room.invites', request);
    return { invites: this.room.conversation(request.roomId).invites };
  }

  @MessagePattern('room.invite')
  invite(@Payload() request: RpcRequest<'room.invite'>): RpcResponse<'room.invite'> {
    this.room.note('room.invite', request);
    const { roomId, user, role, expiresAt } = request;
    const invite: Invite = { id: newId(), role, expiresAt, createdAt: Date.now(), createdBy: user.name };
    this.room.conversation(roomId).invites.push(invite);
    return invite;
  }

  @MessagePattern('room.revoke')
  revoke(@Payload() request: RpcRequest<'room.revoke'>): RpcResponse<'room.revoke'> {
    this.room.note('room.revoke', request);
    const conversation = this.room.conversation(request.roomId);
    conversation.invites = conversation.invites.filter(({ id }) => id !== request.inviteId);
    return {};
  }

  @MessagePattern('room.members')
  members(@Payload() request: RpcRequest<'room.members'>): RpcResponse<'room.members'> {
    this.room.note('room.members', request);
    const { roomId, cursor = '0', limit } = request;
    const all = [...this.room.conversation(roomId).participants.keys()].map((id) => this.member(roomId, id));
    const end = Number(cursor) + limit;
    const members = all.slice(Number(cursor), end);
    return end < all.length ? { members, next: String(end) } : { members };
  }

  @MessagePattern('room.setRole')
  setRole(@Payload() request: RpcRequest<'room.setRole'>): RpcResponse<'room.setRole'> {
    this.room.note('room.setRole', request);
    const { roomId, memberId, role } = request;
    this.room.roles.set(memberId, role);
    const participant = this.member(roomId, memberId);
    this.write(request, { type: 'participant.role', participant, role });
    return participant;
  }

  @MessagePattern('room.setMember')
  setMember(@Payload() request: RpcRequest<'room.setMember'>): RpcResponse<'room.setMember'> {
    this.room.note('room.setMember', request);
    const { roomId, memberId, state } = request;
    const participant = this.member(roomId, memberId);
    const type = state === 'removed' ? 'participant.removed' : 'participant.restored';
    this.write(request, { type, participant });
    return { ...participant, state };
  }

  @MessagePattern('room.mute')
  mute(@Payload() request: RpcRequest<'room.mute'>): RpcResponse<'room.mute'> {
    this.room.note('room.mute', request);
    const participant = this.member(request.roomId, request.memberId);
    this.write(request, { type: 'participant.muted', participant });
    return {};
  }

  @MessagePattern('room.answerKnock')
  answerKnock(@Payload() request: RpcRequest<'room.answerKnock'>): RpcResponse<'room.answerKnock'> {
    this.room.note('room.answerKnock', request);
    this.room.knocking.delete(request.personId);
    return {};
  }

  @MessagePattern('room.search')
  search(@Payload() request: RpcRequest<'room.search'>): RpcResponse<'room.search'> {
    this.room.note('room.search', request);
    const { roomId, query, before = Infinity, limit } = request;
    const found = this.room
      .conversation(roomId)
      .events.filter(({ seq }) => seq < before)
      .flatMap((event) => hitOf(event, query))
      .reverse();
    const hits = found.slice(0, limit);
    const last = hits.at(-1);
    return last && found.length > limit ? { hits, next: last.seq } : { hits };
  }

  @MessagePattern('room.searchAll')
  searchAll(@Payload() request: RpcRequest<'room.searchAll'>): RpcResponse<'room.searchAll'> {
    this.room.note('room.searchAll', request);
    const rooms = this.room.rooms().flatMap((room) => {
      const hits = this.room.conversation(room.id).events.flatMap((event) => hitOf(event, request.query));
      return hits.length === 0 ? [] : [{ room: { id: room.id, name: room.name }, hits, more: false }];
    });
    return { rooms, searched: this.room.rooms().length };
  }

  private member(roomId: string, id: string): Member {
    const known = this.room.conversation(roomId).participants.get(id);
    const role = this.room.roleOf(id);
    if (!known || role === null) throw new StudioError('not_found', 'There is no such member.');
    return { id, name: known.name, role, state: 'member', since: 0 };
  }

  private write(
    { roomId, user }: Pick<RpcRequest<'room.delete'>, 'roomId' | 'user'>,
    body: Event['body'],
    key: string = newId(),
  ): void {
    this.room.write(roomId, { key, actor: { ...user, kind: 'person' }, body });
  }
}

function hitOf({ seq, at, actor, body }: Event, query: string): SearchHit[] {
  if (body.type !== 'chat') return [];
  const start = body.text.indexOf(query);
  const snippet = body.text.slice(0, 300);
  return start < 0 ? [] : [{ seq, at, actor, type: 'chat', snippet, marks: [[start, start + query.length]] }];
}
