import type { MessageBus } from '@studio/bus';
import { RpcClient } from '@studio/bus';
import { LIMITS, StudioError } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import { RoomHub } from './room-hub.ts';

interface Shared {
  readonly hub: RoomHub;
  readonly opened: Promise<void>;
  users: number;
}

/** The rooms that have connections here. A room is subscribed to once, from its first connection to its last. */
export class RoomHubs {
  private readonly rooms = new Map<RoomId, Shared>();

  constructor(
    private readonly bus: MessageBus,
    private readonly rpc: RpcClient,
    private readonly logger: Logger,
  ) {}

  /**
   * The hub of a room, open. Each acquire that resolves needs one release.
   * @throws StudioError unavailable when the bus cannot be reached, and what else the bus throws
   */
  async acquire(roomId: RoomId): Promise<RoomHub> {
    const shared = this.rooms.get(roomId) ?? this.open(roomId);
    shared.users++;
    try {
      await inTime(shared.opened);
      return shared.hub;
    } catch (error) {
      this.leave(roomId, shared);
      throw error;
    }
  }

  release(roomId: RoomId, hub: RoomHub): void {
    const shared = this.rooms.get(roomId);
    if (shared?.hub === hub) this.leave(roomId, shared);
  }

  private open(roomId: RoomId): Shared {
    const hub = new RoomHub(roomId, this.bus, this.rpc, this.logger);
    const shared = { hub, opened: hub.open(), users: 0 };
    this.rooms.set(roomId, shared);
    return shared;
  }

  private leave(roomId: RoomId, shared: Shared): void {
    shared.users--;
    if (shared.users > 0) return;
    if (this.rooms.get(roomId) === shared) this.rooms.delete(roomId);
    shared.hub.close().catch((error: unknown) => {
      this.logger.warn({ err: error, roomId }, 'closing the subscriptions of a room failed');
    });
  }
}

/** A broker that is away may be so for long. @throws StudioError unavailable */
async function inTime(opened: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new StudioError('unavailable', 'The studio cannot be reached now. Try again.'));
  }, LIMITS.rpcMs);
  try {
    await Promise.race([opened, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
