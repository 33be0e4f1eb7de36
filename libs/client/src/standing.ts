import type { Actor, Event, Role, Room, Welcome } from '@studio/contracts';

/** What an event has changed for the person. */
export interface StandingChange {
  readonly role?: Role;
  readonly room?: Room;
  /** Who has switched this person's microphone off. */
  readonly mutedBy?: Actor;
}

/**
 * The room as it is now, and what the person is in it. A welcome tells both; events that are newer than it change them, and older ones,
 * which are only sent again, do not.
 */
export class Standing {
  role: Role | undefined;
  room: Room | undefined;
  #me: string | undefined;
  #head = 0;
  /** Of the first welcome: what happened later has happened to this connection, also while it was away. */
  #begin: number | undefined;

  welcome({ participantId, head, role, room }: Welcome): StandingChange {
    this.#me = participantId;
    this.#head = head;
    this.#begin ??= head;
    return this.#become(role, room);
  }

  apply({ seq, actor, body }: Event): StandingChange {
    if (body.type === 'participant.muted' && body.participant.id === this.#me)
      return seq > (this.#begin ?? 0) ? { mutedBy: actor } : {};
    const { role, room } = this;
    if (seq <= this.#head || !role || !room) return {};
    switch (body.type) {
      case 'participant.role': {
        const { participant } = body;
        const isOwner = body.role === 'owner';
        return this.#become(
          participant.id === this.#me ? body.role : role,
          isOwner ? { ...room, ownerId: participant.id, ownerName: participant.name } : room,
        );
      }
      case 'room.changed':
        return this.#become(role, body.room);
      case 'room.closed':
        return this.#become(role, { ...room, status: 'closed' });
      case 'room.reopened':
        return this.#become(role, { ...room, status: 'open' });
      default:
        return {};
    }
  }

  #become(role: Role, room: Room): StandingChange {
    const change = {
      ...(role !== this.role && { role }),
      ...(!sameRoom(room, this.room) && { room }),
    };
    this.role = role;
    this.room = room;
    return change;
  }
}

/** The schema gives every room its properties in the same order. */
function sameRoom(room: Room, other: Room | undefined): boolean {
  return other !== undefined && JSON.stringify(room) === JSON.stringify(other);
}
