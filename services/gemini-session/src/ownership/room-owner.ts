import { LIMITS, newId } from '@studio/contracts';
import { RoomId } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import type { Lease, Leases, Presence, PresentConnection } from '@studio/presence';
import { LeaseKeeper } from './lease-keeper.ts';

/** A room whose Live session this process holds. */
export interface OwnedRoom {
  /** The room's connections as they are now. */
  update(connections: readonly PresentConnection[]): void;
  /** Ends it in order: everything that was said is written down. */
  close(): Promise<void>;
  /** Ends it at once: another process may hold it already. */
  abandon(): Promise<void>;
}

export interface RoomOwnerOptions {
  presence: Presence;
  leases: Leases;
  /** @throws when the room cannot be served now */
  open: (roomId: RoomId, lease: Lease, connections: readonly PresentConnection[]) => Promise<OwnedRoom>;
  /** Whether people can be heard from here now; otherwise another process is to have a free room. */
  hears: () => boolean;
  emptyRoomMs: number;
  logger: Logger;
}

/** How often rooms are looked at. */
const LOOK_MS = 1_000;
/** The store's milliseconds and ours may end a little apart. */
const EXPIRED_MS = 5;

interface Holding {
  room: OwnedRoom;
  keeper: LeaseKeeper;
  /** Since when nobody is in the room. */
  emptySince: number | undefined;
}

/**
 * Makes what is what should be: each room with people in it has one owner among all processes. Every process looks each second and tries
 * to get the lease of rooms without one; so a wake-up that is lost, or an owner that dies, needs nothing else to be mended.
 */
export class RoomOwner {
  private readonly options: RoomOwnerOptions;
  private readonly holder = newId();
  private readonly holdings = new Map<RoomId, Holding>();
  private readonly busy = new Map<RoomId, Promise<void>>();
  private readonly waiting = new Map<RoomId, NodeJS.Timeout>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private closed = false;

  constructor(options: RoomOwnerOptions) {
    this.options = options;
  }

  start(): void {
    this.timer = setInterval(() => void this.lookAtAll(), LOOK_MS);
    void this.lookAtAll();
  }

  /** Looks at one room now. Never rejects. */
  async lookAt(roomId: RoomId): Promise<void> {
    if (this.closed) return;
    // One look after the other: two at once could both take the room.
    const look = (this.busy.get(roomId) ?? Promise.resolve()).then(() => this.look(roomId));
    this.busy.set(roomId, look);
    await look;
    if (this.busy.get(roomId) === look) this.busy.delete(roomId);
  }

  /** Ends all sessions and gives the rooms back, so that other processes take them over. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.busy.values());
    for (const timer of this.waiting.values()) clearTimeout(timer);
    await Promise.all([...this.holdings].map(([roomId, holding]) => this.giveBack(roomId, holding)));
  }

  private lookAtAll(): Promise<void> {
    this.looking ??= this.lookAtEach().finally(() => (this.looking = undefined));
    return this.looking;
  }

  /** Does not wait for a room that takes long: the others must not. */
  private async lookAtEach(): Promise<void> {
    try {
      // Those who knock are kept beside the rooms, under ids that are none of a room.
      const inhabited = (await this.options.presence.rooms()).filter((id) => RoomId.safeParse(id).success);
      const rooms = new Set([...inhabited, ...this.holdings.keys()]);
      for (const roomId of rooms) if (!this.busy.has(roomId)) void this.lookAt(roomId);
    } catch (error) {
      this.options.logger.warn({ err: error }, 'rooms cannot be looked at now');
    }
  }

  private async look(roomId: RoomId): Promise<void> {
    if (this.closed) return;
    try {
      const connections = await this.options.presence.list(roomId);
      const inhabited = connections.some(({ state }) => state === 'present');
      const holding = this.holdings.get(roomId);
      if (holding !== undefined) await this.keep(roomId, holding, connections, inhabited);
      else if (inhabited && this.options.hears()) await this.take(roomId, connections);
    } catch (error) {
      this.options.logger.warn({ roomId, err: error }, 'a room cannot be served now');
    }
  }

  private async take(roomId: RoomId, connections: readonly PresentConnection[]): Promise<void> {
    const { leases, open, logger } = this.options;
    const acquiredAt = performance.now();
    const lease = await leases.acquire(`live:${roomId}`, this.holder, LIMITS.leaseMs);
    if (lease === undefined) {
      await this.waitForLease(roomId);
      return;
    }
    let lost = false;
    const keeper = new LeaseKeeper({
      ...{ leases, lease, acquiredAt, ttlMs: LIMITS.leaseMs, renewMs: LIMITS.leaseRenewMs },
      onLost: () => {
        lost = true;
        this.lose(roomId);
      },
    });
    try {
      const room = await open(roomId, lease, connections);
      // Asked of a function, because the variable may have changed while the room was being opened.
      if ((() => lost)()) {
        await room.abandon();
        return;
      }
      this.holdings.set(roomId, { room, keeper, emptySince: undefined });
      logger.info({ roomId, token: lease.token }, 'this process holds the Live session of the room');
    } catch (error) {
      await keeper.release();
      throw error;
    }
  }

  /** A lease that is not renewed any more is taken in the moment it expires, not a look later. */
  private async waitForLease(roomId: RoomId): Promise<void> {
    const freeInMs = await this.options.leases.freeIn(`live:${roomId}`);
    if (freeInMs > LOOK_MS || this.waiting.has(roomId)) return;
    const timer = setTimeout(() => {
      this.waiting.delete(roomId);
      void this.lookAt(roomId);
    }, freeInMs + EXPIRED_MS);
    this.waiting.set(roomId, timer);
  }

  private async keep(
    roomId: RoomId,
    holding: Holding,
    connections: readonly PresentConnection[],
    inhabited: boolean,
  ): Promise<void> {
    holding.room.update(connections);
    if (inhabited) {
      holding.emptySince = undefined;
      return;
    }
    const now = performance.now();
    holding.emptySince ??= now;
    if (now - holding.emptySince >= this.options.emptyRoomMs) await this.giveBack(roomId, holding);
  }

  private async giveBack(roomId: RoomId, { room, keeper }: Holding): Promise<void> {
    const { logger } = this.options;
    try {
      // It is held until then: a lease that is lost meanwhile ends the room at once.
      await room.close().finally(() => keeper.release());
      logger.info({ roomId }, 'this process has given the room back');
    } catch (error) {
      logger.warn({ roomId, err: error }, 'a room could not be given back in order');
    } finally {
      this.holdings.delete(roomId);
    }
  }

  private lose(roomId: RoomId): void {
    const { logger } = this.options;
    logger.warn({ roomId }, 'the lease of the room is lost');
    const holding = this.holdings.get(roomId);
    this.holdings.delete(roomId);
    holding?.room
      .abandon()
      .catch((error: unknown) => logger.error({ roomId, err: error }, 'a lost room could not be ended'));
  }
}
