import { Injectable } from '@nestjs/common';
import { RpcClient } from '@studio/bus';
import { StudioError, may } from '@studio/contracts';
import type { Role, Room, RoomId, RoomView, User } from '@studio/contracts';

/** What a person is in a room. */
@Injectable()
export class RoomAccess {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws StudioError not_found */
  view(roomId: RoomId, user: User): Promise<RoomView> {
    return this.rpc.call('room.access', { roomId, userId: user.id });
  }

  /**
   * The room, for somebody who may read what is said in it: its members, also when it is closed.
   * @throws StudioError forbidden, not_found
   */
  async read(roomId: RoomId, user: User): Promise<{ room: Room; role: Role }> {
    const { room, role } = await this.view(roomId, user);
    if (role === null || !may(role, 'room.read'))
      throw new StudioError('forbidden', 'You may not read this room.');
    return { room, role };
  }
}
