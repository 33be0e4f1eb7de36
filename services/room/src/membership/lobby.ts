import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { DisplayName, StudioError, SUBJECT } from '@studio/contracts';
import type { Id, Knock, RoomId, Signal } from '@studio/contracts';
import { encodeJson } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import type { Presence, PresentConnection } from '@studio/presence';
import * as z from 'zod';
import { BUS, CONFIG, PRESENCE } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';

/** What is kept with a knock. `at`: since when, milliseconds since the epoch. */
const KnockDetails = z.object({ name: DisplayName, at: z.int().nonnegative(), refused: z.boolean() });
type KnockDetails = z.infer<typeof KnockDetails>;

const LOBBY = 'lobby:';

/** Where the presence store keeps those who knock at a room, each as a connection with their own id. */
export function lobbyOf(roomId: RoomId): string {
  return LOBBY + roomId;
}

/** The room of a lobby, undefined for the id of a room. */
export function roomOfLobby(id: string): RoomId | undefined {
  return id.startsWith(LOBBY) ? id.slice(LOBBY.length) : undefined;
}

/** Who knocks at rooms. A knock lasts as long as it is repeated, and so does the refusal of one. */
@Injectable()
export class Lobby {
  constructor(
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(BUS) private readonly bus: MessageBus,
    @Inject(CONFIG) private readonly config: RoomConfig,
  ) {}

  /** How somebody knocks now; undefined when they do not. */
  async find(roomId: RoomId, personId: Id): Promise<KnockDetails | undefined> {
    const connections = await this.presence.list(lobbyOf(roomId));
    const knock = connections.find(({ connectionId }) => connectionId === personId);
    return knock && detailsOf(knock);
  }

  /** Somebody knocks, or goes on knocking. @throws StudioError conflict when too many wait */
  async knock(roomId: RoomId, user: { id: Id; name: string }): Promise<void> {
    const lobby = lobbyOf(roomId);
    const connection = { roomId: lobby, connectionId: user.id };
    // Not joined anew, which would take back a refusal of this very moment.
    if ((await this.presence.beat([connection], this.config.KNOCK_MS)).length === 0) return;
    if ((await this.waiting(roomId)).length >= this.config.PARTICIPANTS_PER_ROOM)
      throw new StudioError('conflict', 'Too many people wait to be let in. Try again later.');
    const details: KnockDetails = { name: user.name, at: Date.now(), refused: false };
    await this.presence.join({ ...connection, participantId: user.id, details }, this.config.KNOCK_MS);
    await this.publish(roomId);
  }

  /** False when they do not knock (any more). */
  async refuse(roomId: RoomId, personId: Id): Promise<boolean> {
    const refused = await this.presence.update(lobbyOf(roomId), personId, {
      details: (kept) => ({ ...KnockDetails.parse(kept), refused: true }),
    });
    if (refused === undefined) return false;
    await this.publish(roomId);
    return true;
  }

  /** Somebody need not knock any more. */
  async withdraw(roomId: RoomId, personId: Id): Promise<void> {
    const left = await this.presence.leave(lobbyOf(roomId), personId);
    if (left !== undefined) await this.publish(roomId);
  }

  /** Who waits for an answer, in the order in which they came. */
  async waiting(roomId: RoomId): Promise<Knock[]> {
    return (await this.presence.list(lobbyOf(roomId))).flatMap((connection) => {
      const { name, at, refused } = detailsOf(connection);
      return refused ? [] : [{ id: connection.participantId, name, at }];
    });
  }

  /** Tells the room who waits; of several processes that tell it at the same time the last word is true. */
  async publish(roomId: RoomId): Promise<void> {
    let published: Knock[] | undefined;
    for (;;) {
      const waiting = await this.waiting(roomId);
      if (isDeepStrictEqual(waiting, published)) return;
      const signal: Signal = { type: 'lobby', waiting };
      this.bus.publish(SUBJECT.signal(roomId), encodeJson(signal));
      published = waiting;
    }
  }
}

function detailsOf(connection: PresentConnection): KnockDetails {
  return KnockDetails.parse(connection.details);
}
