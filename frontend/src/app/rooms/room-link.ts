import { RoomId } from '@studio/contracts';

/** The id of the room that a pasted text means: an invite link of whatever host, a path, or the bare id. */
export function roomIdFromText(text: string): RoomId | undefined {
  const trimmed = text.trim();
  const inLink = /\/rooms\/([^/?#\s]+)/.exec(trimmed)?.[1];
  return RoomId.safeParse(inLink ?? trimmed).data;
}

/** The link that invites to a room. */
export function inviteLink(roomId: RoomId, origin: string): string {
  return `${origin}/rooms/${roomId}`;
}
