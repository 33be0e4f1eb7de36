import { Inject, Injectable } from '@nestjs/common';
import { StudioError, SUBJECT } from '@studio/contracts';
import type { Id, Role, Room, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { encodeJson } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import type { Logger } from '@studio/platform';
import { RoomFullError } from '@studio/presence';
import type { Joining, Presence } from '@studio/presence';
import { Conversation } from '../conversation/conversation.ts';
import { BUS, CONFIG, LOGGER, PRESENCE } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { Comings } from './comings.ts';
import { ConnectionDetails } from './connection-details.ts';
import { ConnectionRoles } from './connection-roles.ts';
import { roleOf } from './entry.ts';
import { Lobby, roomOfLobby } from './lobby.ts';
import { memberIn } from './member-object.ts';
import { Members } from './members.ts';
import { PeopleSignals } from './people-signals.ts';
import { PersonalRooms } from './personal-rooms.ts';

/** Who is in a room, and how they come and go. */
@Injectable()
export class Membership {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly conversation: Conversation,
    private readonly comings: Comings,
    private readonly signals: PeopleSignals,
    private readonly members: Members,
    private readonly roles: ConnectionRoles,
    private readonly lobby: Lobby,
    private readonly personal: PersonalRooms,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(BUS) private readonly bus: MessageBus,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws StudioError not_found, closed, forbidden for who is not a member, conflict when the room is full */
  async join(request: RpcRequest<'room.join'>): Promise<RpcResponse<'room.join'>> {
    const { roomId, connectionId, user, media, rejoin = false } = request;
    // Before the rest, for which see `placeAfter`.
    const before = await this.conversation.head(roomId);
    const { room, role } = await this.placeOf(roomId, user.id);
    const details: ConnectionDetails = { name: user.name, role, media };
    const { source, first } = await this.enter({
      ...{ roomId, connectionId, participantId: user.id, details, rejoin },
      ...(request.source !== undefined && { formerSource: request.source }),
    });
    if (first) {
      await this.comings.say(roomId);
      this.personal.visit(roomId, user);
    }
    this.bus.publish(SUBJECT.wake, encodeJson(roomId));
    const [participants, bounds, lobby] = await Promise.all([
      this.signals.publish(roomId, [user.id]),
      this.conversation.bounds(roomId),
      room.lobby ? this.lobby.waiting(roomId) : [],
    ]);
    const answer = { room, role, source, participants, lobby, ...bounds };
    // Nobody but this person was written about: what was read at first is still true.
    if (answer.head === before + Number(first)) return answer;
    return { ...answer, ...(await this.placeAfter(request, role)) };
  }

  /** @throws StudioError conflict when the room is full */
  private async enter(connection: Joining): Promise<{ source: number; first: boolean }> {
    const { PRESENCE_MS, PARTICIPANTS_PER_ROOM: capacity } = this.config;
    try {
      return await this.presence.join({ ...connection, announced: true, capacity }, PRESENCE_MS);
    } catch (cause) {
      if (cause instanceof RoomFullError)
        throw new StudioError('conflict', 'The room is full. Try again when somebody has left.', { cause });
      throw cause;
    }
  }

  /**
   * The gateways act by the events that follow on the join. Of one before that, the state had been written when the event was: it is read
   * again.
   * @throws StudioError as {@link placeOf} does; then the connection is not in the room
   */
  private async placeAfter(
    { roomId, connectionId, user }: RpcRequest<'room.join'>,
    role: Role,
  ): Promise<{ room: Room; role: Role }> {
    try {
      const now = await this.placeOf(roomId, user.id);
      if (now.role !== role) await this.roles.show(roomId, user.id);
      return now;
    } catch (error) {
      await this.leave({ roomId, connectionId, reason: 'left' });
      throw error;
    }
  }

  /** @throws StudioError not_found, closed, forbidden */
  private async placeOf(roomId: RoomId, userId: Id): Promise<{ room: Room; role: Role }> {
    const [room, kept] = await Promise.all([
      this.directory.getOpen(roomId),
      this.members.kept(roomId, userId),
    ]);
    const member = memberIn(room, userId, kept);
    const role = roleOf(member);
    if (role !== null) return { room, role };
    throw new StudioError(
      'forbidden',
      member === undefined ? 'You are not a member of this room.' : 'You were removed from this room.',
    );
  }

  async leave({ roomId, connectionId, reason }: RpcRequest<'room.leave'>): Promise<void> {
    if (reason === 'lost') {
      const connection = await this.presence.update(roomId, connectionId, { state: 'away' });
      if (connection !== undefined) await this.signals.publish(roomId, [connection.participantId]);
      return;
    }
    const left = await this.presence.leave(roomId, connectionId);
    if (left === undefined) return;
    await Promise.all([
      left.last && this.sayLater(roomId),
      this.signals.publish(roomId, [left.connection.participantId]),
    ]);
  }

  /** @throws StudioError not_found when the connection is not in the room (any more) */
  async changeMedia({ roomId, connectionId, media }: RpcRequest<'room.media'>): Promise<void> {
    const changed = await this.presence.update(roomId, connectionId, {
      details: (kept) => ({ ...ConnectionDetails.parse(kept), media }),
    });
    if (changed === undefined)
      throw new StudioError('not_found', 'This connection is not in the room any more.');
    await this.signals.publish(roomId, [changed.participantId]);
  }

  /** The truth about a room now. @throws StudioError not_found */
  async pulse(roomId: RoomId): Promise<RpcResponse<'room.pulse'>> {
    const [head, participants, lobby] = await Promise.all([
      this.conversation.head(roomId),
      this.signals.look(roomId),
      this.lobby.waiting(roomId),
    ]);
    // Every room begins with `room.created`.
    if (head === 0) throw new StudioError('not_found', 'There is no such room.');
    return { head, participants, lobby };
  }

  /** Removes the connections that expired, in every room, and says who went with them. */
  async sweep(): Promise<void> {
    const expired = await this.presence.sweep();
    await Promise.all(
      [...Map.groupBy(expired, ({ connection }) => connection.roomId)].map(async ([roomId, gone]) => {
        const knockedAt = roomOfLobby(roomId);
        if (knockedAt !== undefined) return this.lobby.publish(knockedAt);
        // A connection that was away already counted for nothing while the person has another one.
        const changed = gone.filter(({ connection, last }) => last || connection.state === 'present');
        const people = new Set(changed.map(({ connection }) => connection.participantId));
        await Promise.all([
          gone.some(({ last }) => last) && this.sayLater(roomId),
          this.signals.publish(roomId, [...people]),
        ]);
      }),
    );
  }

  /** Somebody has gone, whether or not the log can say so now: it is noted, and said when the log is back. */
  private async sayLater(roomId: RoomId): Promise<void> {
    try {
      await this.comings.say(roomId);
    } catch (error) {
      this.logger.warn({ roomId, err: error }, 'that somebody left could not be written at once');
    }
  }
}
