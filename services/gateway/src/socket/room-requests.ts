import { RpcClient } from '@studio/bus';
import { StudioError, may, ownKey } from '@studio/contracts';
import type { Actor, ClientRequest, FloorAction, MediaState, Permission, Role } from '@studio/contracts';
import type { Admission } from '../identity/tickets.ts';
import { LiveSession } from '../room/live-session.ts';

/** What a person asks for on a connection. */
export type RoomRequest = Exclude<ClientRequest, { type: 'leave' }>;

/** Who asks, and where. */
interface Visit {
  readonly person: Admission;
  readonly role: Role;
  /** The number of the connection's media. */
  readonly source: number;
  setMedia(media: MediaState): Promise<void>;
}

/** What only who moderates may do about the floor. */
const MODERATION: ReadonlySet<FloorAction['action']> = new Set(['give', 'take']);

/** Does what people ask for in a room, if their role may. */
export class RoomRequests {
  constructor(
    private readonly rpc: RpcClient,
    private readonly live: LiveSession,
  ) {}

  /**
   * Resolves the sequence of the event that the request made, if it made one.
   * @throws StudioError
   */
  async run(request: RoomRequest, visit: Visit): Promise<number | undefined> {
    const { roomId } = visit.person;
    const { role } = visit;
    switch (request.type) {
      case 'chat':
        check(role, 'chat.send');
        if (request.ask === true) check(role, 'gemini.ask');
        return this.chat(request, visit.person);
      case 'media':
        checkMedia(role, request.media);
        await visit.setMedia(request.media);
        return undefined;
      case 'interrupt':
        check(role, 'gemini.interrupt');
        await this.live.tell(roomId, { type: 'interrupt' });
        return undefined;
      case 'ask':
        check(role, 'gemini.ask');
        await this.live.tell(roomId, { type: 'ask', by: actorOf(visit.person) });
        return undefined;
      case 'floor': {
        const { floor } = request;
        check(role, MODERATION.has(floor.action) ? 'floor.moderate' : 'floor.request');
        const by = actorOf(visit.person);
        await this.live.tell(roomId, { type: 'floor', by, source: visit.source, floor });
        return undefined;
      }
    }
  }

  private async chat(request: Extract<RoomRequest, { type: 'chat' }>, person: Admission): Promise<number> {
    const { seq } = await this.rpc.call('room.append', {
      roomId: person.roomId,
      key: ownKey(person.userId, request.key),
      actor: actorOf(person),
      body: { type: 'chat', text: request.text, ...(request.ask === undefined ? {} : { ask: request.ask }) },
    });
    return seq;
  }
}

function actorOf({ userId, name }: Admission): Actor {
  return { id: userId, name, kind: 'person' };
}

function checkMedia(role: Role, media: MediaState): void {
  if (media.microphone) check(role, 'microphone.send');
  if (media.camera) check(role, 'camera.send');
  if (media.screen) check(role, 'screen.send');
}

function check(role: Role, permission: Permission): void {
  if (!may(role, permission)) throw new StudioError('forbidden', `As ${role} you may not do this.`);
}
