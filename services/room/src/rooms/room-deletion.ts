import { Inject, Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { RoomId, RpcRequest } from '@studio/contracts';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { Members } from '../membership/members.ts';
import { CONFIG, LOGGER, OBJECT_STORE } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { DELETION_PREFIX, deletionMetadata, deletionName, deletionOf } from './deletion-object.ts';
import type { Deletion } from './deletion-object.ts';
import { RoomDirectory } from './room-directory.ts';
import { roomOf } from './room-object.ts';
import type { StoredRoom } from './room-object.ts';
import { RoomRemains } from './room-remains.ts';

/** A deletion that did not get as far as the room itself by then died before it had begun; milliseconds. */
const ABANDONED_MS = 60 * 60 * 1_000;
/** Deletions that are looked at with one sweep. */
const AT_ONCE = 100;

/**
 * Deletes rooms with everything that is kept of them. That a room is to be deleted is written down first; then the room is removed, which
 * decides it; then the rest. A sweep finishes what died in between, and looks once more for what came too late: another process may take
 * the room for open for some seconds.
 */
@Injectable()
export class RoomDeletion {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly remains: RoomRemains,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: RoomConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws StudioError not_found, forbidden */
  async delete({ roomId, user }: RpcRequest<'room.delete'>): Promise<void> {
    const begun = await this.find(roomId);
    const deletion: Deletion = begun ?? { roomId, by: { ...user, kind: 'person' }, at: Date.now() };
    if (await this.exists(roomId)) {
      const mayDelete = async (stored: StoredRoom): Promise<void> => {
        await this.members.demand(roomOf(stored), user.id, 'room.delete', 'delete it');
      };
      await mayDelete(await this.directory.load(roomId));
      await this.store.put(deletionName(roomId), new Uint8Array(), {
        metadata: deletionMetadata({ ...deletion, at: Date.now() }),
      });
      await this.directory.remove(roomId, mayDelete);
    } else if (begun?.by.id !== user.id) throw new StudioError('not_found', 'There is no such room.');
    try {
      await this.remains.erase(deletion);
    } catch (error) {
      this.logger.warn({ roomId, err: error }, 'what is left of a deleted room is erased later');
    }
  }

  /**
   * Ends the deletions that began long enough ago: whoever began them has finished since, or has died. One that cannot be ended now does not
   * hold up those behind it.
   * @throws StoreUnavailableError when it cannot be seen which ones there are
   */
  async finish(): Promise<void> {
    const { objects } = await this.store.list(DELETION_PREFIX, { limit: AT_ONCE });
    for (const object of objects) {
      const deletion = deletionOf(object);
      if (deletion === undefined)
        this.logger.warn({ object: object.name }, 'an object among the deletions is not one');
      else await this.tryToEnd(deletion);
    }
  }

  private async tryToEnd(deletion: Deletion): Promise<void> {
    try {
      await this.end(deletion, Date.now() - deletion.at);
    } catch (error) {
      this.logger.warn({ roomId: deletion.roomId, err: error }, 'a room that was deleted is erased later');
    }
  }

  private async end(deletion: Deletion, age: number): Promise<void> {
    const { roomId } = deletion;
    if (age < this.config.DELETION_SWEEP_MS) return;
    if (await this.exists(roomId)) {
      if (age > ABANDONED_MS) await this.store.delete(deletionName(roomId));
      return;
    }
    await this.remains.erase(deletion);
    await this.remains.eraseMembers(roomId);
    await this.store.delete(deletionName(roomId));
  }

  private async find(roomId: RoomId): Promise<Deletion | undefined> {
    const object = await this.store.get(deletionName(roomId));
    return object && deletionOf(object);
  }

  private async exists(roomId: RoomId): Promise<boolean> {
    try {
      await this.directory.load(roomId);
      return true;
    } catch (error) {
      if (error instanceof StudioError && error.code === 'not_found') return false;
      throw error;
    }
  }
}
