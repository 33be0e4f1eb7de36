import * as z from 'zod';

export const Role = z.enum(['owner', 'moderator', 'member', 'viewer']);
export type Role = z.infer<typeof Role>;

/** Everything somebody may or may not do in a room, and the one table of who may. Every message is checked against it. */
export const PERMISSIONS = {
  'room.read': ['owner', 'moderator', 'member', 'viewer'],
  'chat.send': ['owner', 'moderator', 'member'],
  'microphone.send': ['owner', 'moderator', 'member'],
  'camera.send': ['owner', 'moderator', 'member'],
  'screen.send': ['owner', 'moderator', 'member'],
  'gemini.interrupt': ['owner', 'moderator', 'member'],
  'gemini.ask': ['owner', 'moderator', 'member'],
  'gemini.configure': ['owner', 'moderator'],
  'floor.request': ['owner', 'moderator', 'member'],
  'floor.moderate': ['owner', 'moderator'],
  /** Name, visibility, lobby, passcode, lock, retention. */
  'room.configure': ['owner', 'moderator'],
  'room.invite': ['owner', 'moderator'],
  /** Let in who knocks. */
  'room.admit': ['owner', 'moderator'],
  /** Close for all, and reopen. */
  'room.close': ['owner'],
  'room.delete': ['owner'],
  'room.handOver': ['owner'],
  /** Give and take the roles below one's own; see {@link outranks}. */
  'member.setRole': ['owner', 'moderator'],
  'member.remove': ['owner', 'moderator'],
  'member.mute': ['owner', 'moderator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function may(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}

/** Whether somebody may decide about another: owners about everybody, others about those below them only. */
export function outranks(role: Role, other: Role): boolean {
  return Role.options.indexOf(role) < Role.options.indexOf(other);
}
