import {
  mdiAccountClockOutline,
  mdiDoorClosed,
  mdiEmailLockOutline,
  mdiKeyOutline,
  mdiLinkVariant,
  mdiLockOutline,
} from '@mdi/js';
import type { Room, Visibility } from '@studio/contracts';

export interface VisibilityWords {
  readonly value: Visibility;
  readonly title: string;
  readonly detail: string;
}

export const VISIBILITIES: readonly VisibilityWords[] = [
  {
    value: 'listed',
    title: 'Everyone in this studio',
    detail: 'It stands in everybody’s list of open rooms.',
  },
  { value: 'link', title: 'Anyone with the link', detail: 'It stays out of everybody else’s list.' },
  {
    value: 'invited',
    title: 'Invited people only',
    detail: 'By an invite link that you can take back, with a role and an end.',
  },
];

export interface RoomBadge {
  readonly icon: string;
  readonly title: string;
}

/** What one should know of a room before one enters it. */
export function roomBadges(room: Room): RoomBadge[] {
  return [
    room.status === 'closed' && { icon: mdiDoorClosed, title: 'Closed' },
    room.locked && { icon: mdiLockOutline, title: 'Locked' },
    room.lobby && { icon: mdiAccountClockOutline, title: 'Lobby' },
    room.passcode && { icon: mdiKeyOutline, title: 'Passcode' },
    room.visibility === 'link' && { icon: mdiLinkVariant, title: 'Link only' },
    room.visibility === 'invited' && { icon: mdiEmailLockOutline, title: 'Invited only' },
  ].filter((badge) => badge !== false);
}
