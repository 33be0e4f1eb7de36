import type { Role } from '@studio/contracts';

export const ROLE_TITLES: Record<Role, string> = {
  owner: 'Owner',
  moderator: 'Moderator',
  member: 'Member',
  viewer: 'Viewer',
};

/** What a role is for, in a few words. */
export const ROLE_DETAILS: Record<Role, string> = {
  owner: 'Decides about everything, and about who else does',
  moderator: 'Sets up the room and Gemini, lets people in and out',
  member: 'Speaks, writes, shows',
  viewer: 'Sees, hears and reads',
};
