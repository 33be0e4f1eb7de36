import { expect } from 'vitest';
import { createLogger } from '@studio/platform';
import { RpcClient, decodeJson, encodeJson } from '@studio/bus';
import { DEFAULT_LIVE_SETTINGS, Event, newId, Signal, SUBJECT } from '@studio/contracts';
import type {
  ErrorBody,
  LiveInfo,
  LiveSettings,
  Member,
  Role,
  Room,
  RpcRequest,
  RpcResponse,
} from '@studio/contracts';
import type { Lease } from '@studio/presence';
import type { Clock, RoomPorts } from '../ports.ts';
import { RoomConfig } from '../room-config.ts';
import { startRoomService } from '../start-room-service.ts';

/** How long something is waited for that comes by itself. Milliseconds. */
export const WAIT = { timeout: 5_000, interval: 20 };

/** An error of the studio with this code. */
export function code(expected: string, message: unknown = expect.any(String)): unknown {
  return expect.objectContaining({ name: 'StudioError', code: expected, message });
}

export const NOTHING_ON = { microphone: false, camera: false, screen: false };

/** What the service of Live sessions says about itself. */
export const LIVE_INFO: LiveInfo = {
  engine: 'emulator',
  model: 'gemini-3.8-live',
  voice: 'Puck',
  service: 'developer',
  apiVersion: 'v1beta',
  models: ['gemini-3.8-live', 'gemini-3.8-live-extended-thinking'],
  tools: [{ name: 'search_conversation', description: 'Searches.' }],
};

/** A person with a name, who can open connections. */
export interface Person {
  id: string;
  name: string;
}

export function person(name: string): Person {
  return { id: newId(), name };
}

/** What was published in a room, in the order in which it came. */
export interface Published {
  events: Event[];
  signals: Signal[];
}

/** Several room services at once on the same engines, and a caller that does not know which of them answers. */
export class RoomReplicas {
  readonly rpc: RpcClient;
  /** How `live.info` is answered. */
  liveInfo: { ok: LiveInfo } | { error: ErrorBody } = { ok: LIVE_INFO };
  private readonly services: { close(): Promise<void> }[];

  private constructor(
    readonly ports: RoomPorts,
    services: { close(): Promise<void> }[],
  ) {
    this.rpc = new RpcClient(ports.bus);
    this.services = services;
  }

  /** One service for each set of ports; the caller uses the first set. */
  static async start(
    ports: readonly [RoomPorts, ...RoomPorts[]],
    settings: Partial<RoomConfig> = {},
    clock?: Clock,
  ): Promise<RoomReplicas> {
    const config = {
      ...RoomConfig.parse({}),
      PRESENCE_MS: 700,
      PRESENCE_SWEEP_MS: 50,
      PRESENCE_GRACE_MS: 200,
      ...settings,
    };
    const logger = createLogger('room', { level: process.env['LOG_LEVEL'] ?? 'silent' });
    const options = { config, logger, ...(clock && { clock }) };
    const services = await Promise.all(ports.map((each) => startRoomService({ ...each, ...options })));
    const rooms = new RoomReplicas(ports[0], services);
    await ports[0].bus.subscribe(SUBJECT.rpc('live.info'), (message) => {
      message.respond(encodeJson(rooms.liveInfo));
    });
    return rooms;
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.close()));
  }

  create(owner: Person, visibility: 'listed' | 'link' = 'listed', name = 'Room'): Promise<Room> {
    return this.rpc.call('room.create', { name, visibility, owner });
  }

  /** Asks to be let in. */
  enter(
    room: Room,
    user: Person,
    more: Partial<RpcRequest<'room.enter'>> = {},
  ): Promise<RpcResponse<'room.enter'>> {
    return this.rpc.call('room.enter', { roomId: room.id, user, ...more });
  }

  /** Enters, and joins with a connection. */
  async join(room: Room, user: Person, connectionId = newId()): Promise<RpcResponse<'room.join'>> {
    await this.enter(room, user);
    return this.connect(room, user, connectionId);
  }

  /** Joins with a connection, member or not. */
  connect(room: Room, user: Person, connectionId = newId()): Promise<RpcResponse<'room.join'>> {
    return this.rpc.call('room.join', {
      roomId: room.id,
      connectionId,
      user,
      media: NOTHING_ON,
    });
  }

  access(room: Room, user: Person): Promise<RpcResponse<'room.access'>> {
    return this.rpc.call('room.access', { roomId: room.id, userId: user.id });
  }

  /** Makes the person a member with this role, which the owner gives. */
  async admitAs(room: Room, owner: Person, user: Person, role: Role): Promise<void> {
    await this.enter(room, user);
    await this.setRole(room, owner, user, role);
  }

  change(
    room: Room,
    user: Person,
    change: RpcRequest<'room.change'>['change'],
    version?: string,
  ): Promise<RpcResponse<'room.change'>> {
    return this.rpc.call('room.change', {
      roomId: room.id,
      user,
      change,
      ...(version !== undefined && { version }),
    });
  }

  setStatus(room: Room, user: Person, status: Room['status']): Promise<RpcResponse<'room.setStatus'>> {
    return this.rpc.call('room.setStatus', { roomId: room.id, user, status });
  }

  setRole(room: Room, user: Person, member: Person, role: Role): Promise<Member> {
    return this.rpc.call('room.setRole', { roomId: room.id, user, memberId: member.id, role });
  }

  setMember(room: Room, user: Person, member: Person, state: Member['state']): Promise<Member> {
    return this.rpc.call('room.setMember', { roomId: room.id, user, memberId: member.id, state });
  }

  async leave(room: Room, connectionId: string, reason: 'left' | 'lost' = 'left'): Promise<void> {
    await this.rpc.call('room.leave', { roomId: room.id, connectionId, reason });
  }

  say(
    room: Room,
    user: Person,
    key: string,
    more: Partial<RpcRequest<'room.append'>> = {},
  ): Promise<RpcResponse<'room.append'>> {
    return this.rpc.call('room.append', {
      roomId: room.id,
      key,
      actor: { ...user, kind: 'person' },
      body: { type: 'chat', text: `words of ${key}` },
      ...more,
    });
  }

  setLive(
    room: Room,
    user: Person,
    settings: Partial<LiveSettings>,
    version?: string,
  ): Promise<RpcResponse<'room.setLive'>> {
    return this.rpc.call('room.setLive', {
      roomId: room.id,
      user,
      settings: { ...DEFAULT_LIVE_SETTINGS, ...settings },
      ...(version !== undefined && { version }),
    });
  }

  /** Takes the lease of the room's Live session. */
  async claim(room: Room, holder: string): Promise<Lease> {
    const lease = await this.ports.leases.acquire(`live:${room.id}`, holder, 5_000);
    if (lease === undefined) throw new Error('the lease is taken');
    return lease;
  }

  /** The whole conversation, page by page. */
  async conversation(room: Room): Promise<Event[]> {
    const events: Event[] = [];
    for (;;) {
      const page = await this.rpc.call('room.events', {
        roomId: room.id,
        after: events.at(-1)?.seq ?? 0,
        limit: 1_000,
      });
      events.push(...page.events);
      if (page.events.length === 0) return events;
    }
  }

  /** Collects what is published in the room from now on. */
  async listen(room: Room): Promise<Published> {
    const published: Published = { events: [], signals: [] };
    await this.ports.bus.subscribe(SUBJECT.event(room.id), ({ data }) => {
      published.events.push(Event.parse(decodeJson(data)));
    });
    await this.ports.bus.subscribe(SUBJECT.signal(room.id), ({ data }) => {
      published.signals.push(Signal.parse(decodeJson(data)));
    });
    return published;
  }
}

/** Comings and goings of a conversation, as `+name` and `-name reason`. */
export function comingsAndGoings(events: readonly Event[]): string[] {
  return events.flatMap(({ actor, body }) => {
    if (body.type === 'participant.joined') return [`+${actor.name}`];
    return body.type === 'participant.left' ? [`-${actor.name} ${body.reason}`] : [];
  });
}

/** What was decided in a conversation, by whom and about whom. */
export function decisions(events: readonly Event[]): string[] {
  return events.flatMap(({ actor, body }) => {
    if (body.type === 'room.changed') return [`${actor.name}: ${body.changes.join(', ')}`];
    if (body.type === 'room.closed' || body.type === 'room.reopened') return [`${actor.name}: ${body.type}`];
    if (!('participant' in body)) return [];
    const role = body.type === 'participant.role' ? ` ${body.role}` : '';
    return [`${actor.name}: ${body.type} ${body.participant.name}${role}`];
  });
}
