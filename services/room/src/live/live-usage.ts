import { Inject, Injectable } from '@nestjs/common';
import { LiveUsage, NO_USAGE, StudioError } from '@studio/contracts';
import type { RoomId, RpcRequest } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import * as z from 'zod';
import { OwnerFence } from '../conversation/owner-fence.ts';
import { OBJECT_STORE } from '../ports.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';

/** What Gemini has used in a room, and the owner of the Live session that wrote it. */
const StoredUsage = z.object({ usage: LiveUsage, ownerToken: z.int().positive() });

/** What Gemini has used in rooms: one object for each, apart from the room's own, because it changes all the time. */
@Injectable()
export class RoomLiveUsage {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly fence: OwnerFence,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** @throws StudioError not_found */
  async get(roomId: RoomId): Promise<LiveUsage> {
    const object = await this.store.get(usageObjectName(roomId));
    if (object !== undefined) return StoredUsage.parse(decodeJson(object.data)).usage;
    await this.directory.get(roomId);
    return NO_USAGE;
  }

  /** @throws StudioError not_found, conflict when a newer owner has claimed the room or written */
  async set({ roomId, usage, ownerToken }: RpcRequest<'room.setUsage'>): Promise<void> {
    await this.fence.pass(roomId, ownerToken);
    // A Live session may outlive its room for a moment.
    await this.directory.get(roomId);
    const name = usageObjectName(roomId);
    const before = await this.store.get(name);
    // A lease may have passed on between the fence and here: the object itself knows who wrote it last.
    if (before !== undefined && StoredUsage.parse(decodeJson(before.data)).ownerToken > ownerToken)
      throw writtenMeanwhile();
    try {
      const data = encodeJson({ usage, ownerToken } satisfies z.infer<typeof StoredUsage>);
      await this.store.put(name, data, { expect: before?.generation ?? ABSENT });
    } catch (error) {
      if (error instanceof PreconditionFailedError) throw writtenMeanwhile();
      throw error;
    }
  }
}

/** The object that holds what was used in a room. */
export function usageObjectName(roomId: RoomId): string {
  return `usage/${roomId}.json`;
}

function writtenMeanwhile(): StudioError {
  return new StudioError('conflict', 'The usage of this room was written by another process meanwhile.');
}
