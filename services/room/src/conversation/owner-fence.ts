import { Inject, Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { Leases } from '@studio/presence';
import { LEASES } from '../ports.ts';

/** Refuses what a former owner of a room's Live session says. */
@Injectable()
export class OwnerFence {
  constructor(@Inject(LEASES) private readonly leases: Leases) {}

  /** @throws StudioError conflict when somebody with a newer token has claimed the room */
  async pass(roomId: RoomId, token: number): Promise<void> {
    if (token < (await this.leases.token(`live:${roomId}`)))
      throw new StudioError('conflict', 'Another process has taken over the Live session of this room.');
  }
}
