import type { Room, RoomId } from '@studio/contracts';

/** Rooms as they were read a moment ago, at most `capacity` of them, none older than `maxAgeMs`. */
export class RecentRooms {
  private readonly rooms = new Map<RoomId, { room: Room; readAt: number }>();
  private readonly capacity: number;
  private readonly maxAgeMs: number;

  constructor(capacity: number, maxAgeMs: number) {
    this.capacity = capacity;
    this.maxAgeMs = maxAgeMs;
  }

  get(id: RoomId, now: number): Room | undefined {
    const entry = this.rooms.get(id);
    return entry !== undefined && now - entry.readAt < this.maxAgeMs ? entry.room : undefined;
  }

  put(room: Room, now: number): void {
    // Deleted first, so that the map's order is the order of reading.
    this.rooms.delete(room.id);
    this.rooms.set(room.id, { room, readAt: now });
    if (this.rooms.size <= this.capacity) return;
    const [oldest] = this.rooms.keys();
    if (oldest !== undefined) this.rooms.delete(oldest);
  }

  delete(id: RoomId): void {
    this.rooms.delete(id);
  }
}
