import { mdiAccountCancelOutline, mdiDoorClosed } from '@mdi/js';
import type { Closed } from '@studio/client';
import { CLOSE, may } from '@studio/contracts';
import type { Role } from '@studio/contracts';

export interface ClosedWords {
  readonly icon: string;
  readonly heading: string;
  readonly text: string;
  /** Whether joining once more may work. */
  readonly again: boolean;
  /** Whether the conversation can be read by this person. */
  readonly reads: boolean;
  readonly reopens: boolean;
}

const ENDED = { icon: mdiDoorClosed, again: false, reads: false, reopens: false };

/**
 * What a person is told when their connection to a room has ended for good.
 * @param role that they had; undefined when they never came in
 * @param removedBy who put them out, if anybody did
 */
export function closedWords({ close, error }: Closed, role?: Role, removedBy?: string): ClosedWords {
  if (error?.code === 'not_found' || close?.code === CLOSE.roomNotFound.code) {
    return role
      ? { ...ENDED, heading: 'This room was deleted', text: 'Nothing of it is kept any more.' }
      : {
          ...ENDED,
          heading: 'There is no such room',
          text: 'It may have been deleted, or the link is not complete.',
        };
  }
  if (close?.code === CLOSE.removed.code) {
    return {
      ...ENDED,
      icon: mdiAccountCancelOutline,
      heading: `${removedBy ?? 'Somebody'} removed you from the room`,
      text: 'You can come back when the owner or a moderator takes you back.',
    };
  }
  if (error?.code === 'closed' || close?.code === CLOSE.roomClosed.code) {
    const reopens = role !== undefined && may(role, 'room.close');
    return {
      ...ENDED,
      heading: 'This room is closed',
      text: reopens
        ? 'Everybody has left. What was said stays, and you can reopen the room whenever you like.'
        : 'It was closed for everybody. What was said stays; its owner can reopen it.',
      reads: role !== undefined,
      reopens,
    };
  }
  if (error?.code === 'unauthenticated') {
    return {
      ...ENDED,
      heading: 'You are not signed in any more',
      text: 'Join again with your name.',
      again: true,
    };
  }
  // The door has changed while the connection was away: the page before the room says how.
  if (error?.code === 'locked' || error?.code === 'passcode' || error?.code === 'forbidden') {
    return { ...ENDED, heading: 'You are not in the room any more', text: error.message, again: true };
  }
  switch (close?.code) {
    case CLOSE.roomFull.code:
      return {
        ...ENDED,
        heading: 'The room is full',
        text: 'Try again when somebody has left.',
        again: true,
      };
    case CLOSE.left.code:
      return {
        ...ENDED,
        heading: 'You left the room',
        text: 'You can come back whenever you like.',
        again: true,
      };
    case CLOSE.tooManyMessages.code:
      return {
        ...ENDED,
        heading: 'This page sent too much at once',
        text: 'The studio ended its connection. Nothing that the room has taken is lost; join again.',
        again: true,
      };
    case undefined:
      return {
        ...ENDED,
        heading: 'The connection has ended',
        text: error?.message ?? 'You can join again.',
        again: true,
      };
    default:
      return {
        ...ENDED,
        heading: 'The connection has ended',
        text: `The server said: ${close?.reason ?? ''}.`,
        again: true,
      };
  }
}
