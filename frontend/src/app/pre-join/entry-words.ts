import { mdiAccountCancelOutline, mdiDoorClosed, mdiEmailLockOutline, mdiLockOutline } from '@mdi/js';
import type { Entry, Room } from '@studio/contracts';

/** A door that does not open by knocking or by a word. */
export type Barred = Extract<Entry, 'locked' | 'invite' | 'removed' | 'closed'>;

export interface BarredWords {
  readonly icon: string;
  readonly heading: string;
  readonly text: string;
}

export function isBarred(entry: Entry): entry is Barred {
  return entry === 'locked' || entry === 'invite' || entry === 'removed' || entry === 'closed';
}

/**
 * Why somebody does not get in, and what can be done about it.
 * @param invited they came with an invite, which did not help
 */
export function barredWords(barred: Barred, { name, ownerName }: Room, invited: boolean): BarredWords {
  switch (barred) {
    case 'closed':
      return {
        icon: mdiDoorClosed,
        heading: 'This room is closed',
        text: `“${name}” can be joined again when ${ownerName} reopens it.`,
      };
    case 'locked':
      return {
        icon: mdiLockOutline,
        heading: 'This room is locked',
        text: `Nobody new can enter “${name}” at the moment. Ask ${ownerName} to unlock it, then try again.`,
      };
    case 'removed':
      return {
        icon: mdiAccountCancelOutline,
        heading: 'You were removed from this room',
        text: `Only ${ownerName} or a moderator can let you come back to “${name}”.`,
      };
    case 'invite':
      return invited
        ? {
            icon: mdiEmailLockOutline,
            heading: 'This invite is not valid any more',
            text: `It has expired or was taken back. Ask ${ownerName} for a new invite link to “${name}”.`,
          }
        : {
            icon: mdiEmailLockOutline,
            heading: 'You need an invite',
            text: `“${name}” is for invited people only. Ask ${ownerName} for an invite link.`,
          };
  }
}
