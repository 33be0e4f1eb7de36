import type { MessageBus } from '@studio/bus';
import { RpcClient } from '@studio/bus';
import type { RoomId } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import { RoomEvents } from './room-events.ts';
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
   * @throws when the bus cannot be reached
   */
  async acquire(roomId: RoomId): Promise<RoomHub> {
    const shared = this.rooms.get(roomId) ?? this.open(roomId);
    shared.users++;
    try {
      await shared.opened;
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
    const hub = new RoomHub(roomId, this.bus, new RoomEvents(roomId, this.rpc, this.logger));
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
