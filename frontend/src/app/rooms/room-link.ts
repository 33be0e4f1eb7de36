import { Id, RoomId } from '@studio/contracts';

/** A room, and the invite with which one may enter it. */
export interface RoomLink {
  readonly roomId: RoomId;
  readonly invite: Id | undefined;
}

/** The room that a pasted text means: an invite link of whatever host, a path, or the bare id. */
export function roomLinkFromText(text: string): RoomLink | undefined {
  const trimmed = text.trim();
  const inLink = /\/rooms\/([^/?#\s]+)/.exec(trimmed)?.[1];
  const roomId = RoomId.safeParse(inLink ?? trimmed).data;
  if (roomId === undefined) return undefined;
  const invite = /[?&]invite=([^&#\s]+)/.exec(trimmed)?.[1];
  return { roomId, invite: Id.safeParse(invite).data };
}

/** The link to a room; with an invite the one that lets people in. */
export function inviteLink(roomId: RoomId, origin: string, invite?: Id): string {
  const link = `${origin}/rooms/${roomId}`;
  return invite === undefined ? link : `${link}?invite=${invite}`;
}
