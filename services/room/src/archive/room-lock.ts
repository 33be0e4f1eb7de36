import { Inject, Injectable } from '@nestjs/common';
import { newId, StudioError } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { Leases } from '@studio/presence';
import { LEASES } from '../ports.ts';

/** Longer than it takes to archive a room, by far. Milliseconds. */
const HELD_MS = 60_000;
/** How long a caller waits for the others, in milliseconds: less than the deadline of a request. */
const PATIENCE_MS = 4_000;
const LOOK_MS = 50;

/** The lease by which it is one at a time. */
export function roomLockName(roomId: RoomId): string {
  return `archive:${roomId}`;
}

/**
 * One at a time moves or deletes what is kept of a room's conversation. It saves work, and keeps a deleted room from being archived; what
 * is acknowledged does not depend on it. It leaves nothing behind: it may be taken of a room that was deleted in the same moment, or long
 * ago, when a process stood still behind its look at the room.
 */
@Injectable()
export class RoomLock {
  private readonly holder = newId();

  constructor(@Inject(LEASES) private readonly leases: Leases) {}

  /** False when somebody else is at it: then nothing was done. */
  async tryWith(roomId: RoomId, action: () => Promise<void>): Promise<boolean> {
    // A holder of its own for each, because a holder may take again what it has.
    const lease = await this.leases.acquire(roomLockName(roomId), `${this.holder}.${newId()}`, HELD_MS);
    if (lease === undefined) return false;
    try {
      await action();
    } finally {
      await this.leases.discard(lease);
    }
    return true;
  }

  /** Waits until it is its turn. @throws StudioError unavailable when that takes too long */
  async with(roomId: RoomId, action: () => Promise<void>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await this.tryWith(roomId, action))) {
      if (performance.now() > deadline)
        throw new StudioError('unavailable', 'The conversation is being tidied up now. Try again.');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}
