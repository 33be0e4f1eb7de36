import type { RoomId } from '@studio/contracts';

/** What a room may need: its full segments archived, or all of it because it may be idle. */
export type Due = 'full' | 'quiet';

interface Touched {
  /** Events and bytes since the room was archived last. */
  events: number;
  bytes: number;
  /** When it may be idle, milliseconds since the epoch. */
  quietAt: number;
  /** Grows with every append. */
  appends: number;
}

/** The rooms in which this process has appended, until all of it is archived. */
export class TouchedRooms {
  private readonly rooms = new Map<RoomId, Touched>();
  private readonly most: { events: number; bytes: number };
  private readonly idleMs: number;

  constructor(most: { events: number; bytes: number }, idleMs: number) {
    this.most = most;
    this.idleMs = idleMs;
  }

  /** An event of so many bytes was appended. `last`: nothing will follow for now, because the room is closed. */
  appended(roomId: RoomId, bytes: number, now: number, last = false): void {
    const room = this.rooms.get(roomId) ?? { events: 0, bytes: 0, quietAt: 0, appends: 0 };
    room.events += 1;
    room.bytes += bytes;
    room.appends += 1;
    room.quietAt = last ? now : now + this.idleMs;
    this.rooms.set(roomId, room);
  }

  due(now: number): { roomId: RoomId; due: Due; appends: number }[] {
    const found: { roomId: RoomId; due: Due; appends: number }[] = [];
    for (const [roomId, { events, bytes, quietAt, appends }] of this.rooms) {
      if (quietAt <= now) found.push({ roomId, due: 'quiet', appends });
      else if (events >= this.most.events || bytes >= this.most.bytes)
        found.push({ roomId, due: 'full', appends });
    }
    return found;
  }

  /** What was due is done. */
  done(roomId: RoomId, due: Due, appends: number): void {
    const room = this.rooms.get(roomId);
    if (room === undefined) return;
    if (due === 'quiet' && room.appends === appends) this.rooms.delete(roomId);
    else [room.events, room.bytes] = [0, 0];
  }

  /** The room is not idle: to be looked at again. */
  postpone(roomId: RoomId, now: number): void {
    const room = this.rooms.get(roomId);
    if (room !== undefined) room.quietAt = now + this.idleMs;
  }

  forget(roomId: RoomId): void {
    this.rooms.delete(roomId);
  }
}
