import { NEW_ROOM } from '@studio/contracts';
import type { Member, Room, User } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { ObjectStore } from '@studio/object-store';
import { segmentMetadata, segmentName } from '../../services/room/src/archive/segment.ts';
import { SegmentLines } from '../../services/room/src/archive/segment-lines.ts';
import { encodeEvent } from '../../services/room/src/conversation/event-data.ts';
import {
  encodeMember,
  memberMetadata,
  memberObjectName,
} from '../../services/room/src/membership/member-object.ts';
import {
  cursorOf,
  personalMetadata,
  personalRoomName,
  visitName,
} from '../../services/room/src/membership/personal-room.ts';
import { newRoomId } from '../../services/room/src/rooms/room-id.ts';
import {
  encodeRoom,
  newStored,
  roomMetadata,
  roomObjectName,
} from '../../services/room/src/rooms/room-object.ts';
import { fillLog, lineOf } from '../../services/room/src/testing/large-room.fixture.ts';

/** Events of a segment, and those that stay in the log of a room in use: the defaults. */
const SEGMENT = 500;
const KEEP = 2_000;
const AT_ONCE = 32;
const START = 1_780_000_000_000;

/** Rooms of one person, the newest first, open to everybody; the person has visited so many of them. */
export async function fillRooms(
  store: ObjectStore,
  owner: User,
  count: number,
  visited: number,
  firstId: string,
): Promise<Room[]> {
  const rooms = Array.from({ length: count }, (_, number): Room => {
    const createdAt = START - number * 1_000;
    const id = number === 0 ? firstId : newRoomId(createdAt);
    return {
      ...{ id, name: `Room ${number + 1}`, ownerId: owner.id, ownerName: owner.name },
      ...{ visibility: 'listed', status: 'open', createdAt, ...NEW_ROOM },
    };
  });
  const member: Member = { ...owner, role: 'owner', state: 'member', since: START };
  for (let at = 0; at < count; at += AT_ONCE)
    await Promise.all(
      rooms.slice(at, at + AT_ONCE).flatMap((room, index) => {
        const writes = [
          store.put(roomObjectName(room.id), encodeRoom(newStored(room)), { metadata: roomMetadata(room) }),
        ];
        if (at + index < visited) {
          const metadata = personalMetadata({
            ...room,
            role: 'owner',
            revision: 0,
            visitedAt: room.createdAt,
          });
          writes.push(
            store.put(memberObjectName(room.id, owner.id), encodeMember(member), {
              metadata: memberMetadata(member),
            }),
            store.put(personalRoomName(owner.id, room.id), new Uint8Array(), { metadata }),
            store.put(visitName(owner.id, room.id, room.createdAt), new Uint8Array(), { metadata }),
          );
        }
        return writes;
      }),
    );
  return rooms;
}

/** The newest events of a long conversation, as the log of its room keeps them. */
export async function fillConversation(
  log: EventLog,
  roomId: string,
  events: number,
  atOnce: number,
): Promise<void> {
  await fillLog(log, roomId, events, atOnce);
  await log.trim(roomId, events - KEEP + 1);
}

/** The same conversation in the archive. Resolves the name of a segment from its middle. */
export async function fillArchive(store: ObjectStore, roomId: string, events: number): Promise<string> {
  const names: string[] = [];
  for (let first = 1; first <= events; first += SEGMENT) {
    const last = Math.min(events, first + SEGMENT - 1);
    const lines = Array.from({ length: last - first + 1 }, (_, index) => lineOf(first + index));
    const name = segmentName(roomId, first, last);
    names.push(name);
    await store.put(
      name,
      SegmentLines.encode(lines.map((event) => ({ seq: event.seq, data: encodeEvent(event) }))),
      { metadata: segmentMetadata({ from: lineOf(first).at, to: lineOf(last).at }) },
    );
  }
  return names[Math.floor(names.length / 2)] ?? '';
}

/** The room of a long conversation: as new as it can be, so that it stands first in lists. */
export function longRoomId(): string {
  return newRoomId(START + 1_000);
}

/** Where a list of the last visits goes on behind the visit of a room that {@link fillRooms} has made. */
export function visitCursor(owner: User, { id, createdAt }: Room): string {
  return cursorOf(visitName(owner.id, id, createdAt));
}
