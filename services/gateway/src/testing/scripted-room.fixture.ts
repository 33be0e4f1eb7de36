import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { encodeJson } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import {
  DEFAULT_LIVE_SETTINGS,
  NEW_ROOM,
  NO_USAGE,
  SUBJECT,
  StudioError,
  may,
  newId,
} from '@studio/contracts';
import type {
  Event,
  Invite,
  Participant,
  Role,
  Room,
  RoomId,
  RpcMethod,
  RpcRequest,
  RpcResponse,
  Signal,
} from '@studio/contracts';

/** What the scripted service tells of Gemini. */
export const LIVE_INFO: RpcResponse<'live.info'> = {
  engine: 'emulator',
  model: 'test',
  voice: 'Puck',
  service: 'developer',
  apiVersion: 'v1beta',
  models: ['test'],
  tools: [],
};

interface Conversation {
  room: Room;
  version: number;
  invites: Invite[];
  events: Event[];
  participants: Map<string, Participant>;
  nextSource: number;
  live: RpcResponse<'room.live'>;
}

/** A room service in memory that does what the contract says, writes down what it was asked, and fails when it is told to. */
export class ScriptedRoom {
  readonly asked: { method: RpcMethod; request: object }[] = [];
  /** Of people, in every room; who is not named is a member, and null has never been in one. */
  readonly roles = new Map<string, Role | null>();
  /** People who wait in the lobby, of every room. */
  readonly knocking = new Set<string>();
  /** Thrown by the next calls of a method, instead of doing anything. */
  readonly failures = new Map<RpcMethod, Error>();
  /** Awaited before a line is appended. */
  beforeAppend: Promise<void> = Promise.resolve();
  private readonly conversations = new Map<RoomId, Conversation>();

  constructor(private readonly bus: MessageBus) {}

  note(method: RpcMethod, request: object): void {
    this.asked.push({ method, request });
    const failure = this.failures.get(method);
    if (failure) throw failure;
  }

  of<M extends RpcMethod>(method: M): RpcRequest<M>[] {
    return this.asked.filter((call) => call.method === method).map(({ request }) => request as RpcRequest<M>);
  }

  conversation(roomId: RoomId): Conversation {
    const found = this.conversations.get(roomId);
    if (!found) throw new StudioError('not_found', 'There is no such room.');
    return found;
  }

  create({ name, visibility, owner }: RpcRequest<'room.create'>): Room {
    const room: Room = {
      id: newId(),
      name,
      visibility,
      ownerId: owner.id,
      ownerName: owner.name,
      ...NEW_ROOM,
      status: 'open',
      createdAt: Date.now(),
    };
    const live = { settings: DEFAULT_LIVE_SETTINGS, version: '1', defaults: DEFAULT_LIVE_SETTINGS };
    this.conversations.set(room.id, {
      ...{ room, version: 1, invites: [], live },
      ...{ events: [], participants: new Map<string, Participant>(), nextSource: 1 },
    });
    this.write(room.id, {
      key: newId(),
      actor: { ...owner, kind: 'person' },
      body: { type: 'room.created', name },
    });
    return room;
  }

  /** The room as a person sees it. */
  access(roomId: RoomId, userId: string): RpcResponse<'room.access'> {
    const { room, version } = this.conversation(roomId);
    return { room, role: this.roleOf(userId), entry: 'free', version: String(version) };
  }

  /** What a person is, in every room. */
  roleOf(userId: string): Role | null {
    const role = this.roles.get(userId);
    return role === undefined ? 'member' : role;
  }

  delete(roomId: RoomId): void {
    this.conversations.delete(roomId);
  }

  rooms(): Room[] {
    return Array.from(this.conversations.values(), ({ room }) => room);
  }

  join({
    roomId,
    user,
    media,
    source = this.conversation(roomId).nextSource++,
  }: RpcRequest<'room.join'>): RpcResponse<'room.join'> {
    const conversation = this.conversation(roomId);
    const role = this.roleOf(user.id);
    if (role === null) throw new StudioError('forbidden', 'You are no member.');
    const known = conversation.participants.get(user.id);
    const participant: Participant = {
      ...user,
      kind: 'person',
      role,
      state: 'present',
      media,
      sources: [...new Set([...(known?.sources ?? []), source])],
    };
    conversation.participants.set(user.id, participant);
    this.signal(roomId, { type: 'participant', participant });
    const participants = [...conversation.participants.values()];
    return {
      room: conversation.room,
      role,
      source,
      participants,
      lobby: [],
      head: conversation.events.length,
      first: 1,
    };
  }

  /** Writes an event unless its key was written before. */
  write(roomId: RoomId, line: Pick<Event, 'key' | 'actor' | 'body'>): { seq: number; duplicate: boolean } {
    const { events } = this.conversation(roomId);
    const known = events.find(({ key }) => key === line.key);
    if (known) return { seq: known.seq, duplicate: true };
    const event: Event = { seq: events.length + 1, at: Date.now(), ...line };
    events.push(event);
    this.bus.publish(SUBJECT.event(roomId), encodeJson(event));
    return { seq: event.seq, duplicate: false };
  }

  setLive({ roomId, user, settings, version }: RpcRequest<'room.setLive'>): RpcResponse<'room.setLive'> {
    const conversation = this.conversation(roomId);
    const role = conversation.room.ownerId === user.id ? 'owner' : 'member';
    if (!may(role, 'gemini.configure')) throw new StudioError('forbidden', 'Only an owner may do that.');
    if (version !== undefined && version !== conversation.live.version)
      throw new StudioError('precondition_failed', 'Somebody else was faster.');
    conversation.live = {
      ...conversation.live,
      settings,
      version: `${Number(conversation.live.version) + 1}`,
    };
    return conversation.live;
  }

  signal(roomId: RoomId, signal: Signal): void {
    this.bus.publish(SUBJECT.signal(roomId), encodeJson(signal));
  }
}

@Controller()
export class ScriptedRoomController {
  constructor(private readonly room: ScriptedRoom) {}

  @MessagePattern('room.create')
  create(@Payload() request: RpcRequest<'room.create'>): RpcResponse<'room.create'> {
    this.room.note('room.create', request);
    return this.room.create(request);
  }

  @MessagePattern('room.list')
  list(@Payload() request: RpcRequest<'room.list'>): RpcResponse<'room.list'> {
    this.room.note('room.list', request);
    const { cursor = '0', limit } = request;
    const all = this.room.rooms();
    const end = Number(cursor) + limit;
    const rooms = all.slice(Number(cursor), end);
    return end < all.length ? { rooms, next: String(end) } : { rooms };
  }

  @MessagePattern('room.access')
  access(@Payload() request: RpcRequest<'room.access'>): RpcResponse<'room.access'> {
    this.room.note('room.access', request);
    return this.room.access(request.roomId, request.userId);
  }

  @MessagePattern('room.enter')
  enter(@Payload() request: RpcRequest<'room.enter'>): RpcResponse<'room.enter'> {
    this.room.note('room.enter', request);
    const { room } = this.room.conversation(request.roomId);
    return this.room.knocking.has(request.user.id)
      ? { state: 'waiting', retryMs: 20 }
      : { state: 'admitted', room, role: this.room.roleOf(request.user.id) ?? 'member' };
  }

  @MessagePattern('room.join')
  join(@Payload() request: RpcRequest<'room.join'>): RpcResponse<'room.join'> {
    this.room.note('room.join', request);
    return this.room.join(request);
  }

  @MessagePattern('room.pulse')
  pulse(@Payload() request: RpcRequest<'room.pulse'>): RpcResponse<'room.pulse'> {
    this.room.note('room.pulse', request);
    const { participants, events } = this.room.conversation(request.roomId);
    return { head: events.length, participants: [...participants.values()], lobby: [] };
  }

  @MessagePattern('room.leave')
  leave(@Payload() request: RpcRequest<'room.leave'>): RpcResponse<'room.leave'> {
    this.room.note('room.leave', request);
    return {};
  }

  @MessagePattern('room.media')
  media(@Payload() request: RpcRequest<'room.media'>): RpcResponse<'room.media'> {
    this.room.note('room.media', request);
    return {};
  }

  @MessagePattern('room.append')
  async append(@Payload() request: RpcRequest<'room.append'>): Promise<RpcResponse<'room.append'>> {
    this.room.note('room.append', request);
    await this.room.beforeAppend;
    const { key, actor, body } = request;
    return this.room.write(request.roomId, { key, actor, body });
  }

  @MessagePattern('room.events')
  events(@Payload() request: RpcRequest<'room.events'>): RpcResponse<'room.events'> {
    this.room.note('room.events', request);
    const { events } = this.room.conversation(request.roomId);
    const { after, before = events.length + 1, limit } = request;
    const page =
      after === undefined
        ? fitting(events.slice(Math.max(0, before - 1 - limit), before - 1).reverse()).reverse()
        : fitting(events.slice(after, after + limit));
    return { events: page, first: 1, head: events.length };
  }

  @MessagePattern('room.live')
  getLive(@Payload() request: RpcRequest<'room.live'>): RpcResponse<'room.live'> {
    this.room.note('room.live', request);
    return this.room.conversation(request.roomId).live;
  }

  @MessagePattern('room.setLive')
  setLive(@Payload() request: RpcRequest<'room.setLive'>): RpcResponse<'room.setLive'> {
    this.room.note('room.setLive', request);
    return this.room.setLive(request);
  }

  @MessagePattern('room.usage')
  usage(@Payload() request: RpcRequest<'room.usage'>): RpcResponse<'room.usage'> {
    this.room.note('room.usage', request);
    return NO_USAGE;
  }

  @MessagePattern('live.info')
  live(@Payload() request: RpcRequest<'live.info'>): RpcResponse<'live.info'> {
    this.room.note('live.info', request);
    return LIVE_INFO;
  }
}

/** As many of the first events as a page takes: 512 KiB. */
function fitting(events: Event[]): Event[] {
  let room = 512 * 1024;
  return events.filter((event, index) => (room -= JSON.stringify(event).length) >= 0 || index === 0);
}
