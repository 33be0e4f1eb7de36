import { Service } from '@angular/core';
import type { RoomId } from '@studio/contracts';
import { Id } from '@studio/contracts';

/** Invites that were followed in this tab, until they have been used: they outlive a sign-in and a reload, and do not stand in the address. */
@Service()
export class KeptInvites {
  get(roomId: RoomId): Id | undefined {
    return Id.safeParse(sessionStorage.getItem(key(roomId))).data;
  }

  keep(roomId: RoomId, invite: string): void {
    if (Id.safeParse(invite).success) sessionStorage.setItem(key(roomId), invite);
  }

  forget(roomId: RoomId): void {
    sessionStorage.removeItem(key(roomId));
  }
}

function key(roomId: RoomId): string {
  return `kss.invite.${roomId}`;
}
