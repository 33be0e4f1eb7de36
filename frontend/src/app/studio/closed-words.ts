import type { Closed } from '@studio/client';
import { CLOSE } from '@studio/contracts';

export interface ClosedWords {
  readonly heading: string;
  readonly text: string;
  /** Whether joining once more may work. */
  readonly again: boolean;
}

/** What a person is told when their connection to a room has ended for good. */
export function closedWords({ close, error }: Closed): ClosedWords {
  if (error?.code === 'not_found' || close?.code === CLOSE.roomNotFound.code) {
    return {
      heading: 'There is no such room',
      text: 'It may have been deleted, or the link is not complete.',
      again: false,
    };
  }
  if (error?.code === 'closed' || close?.code === CLOSE.roomClosed.code) {
    return { heading: 'This room is closed', text: 'Nobody can join it any more.', again: false };
  }
  if (error?.code === 'unauthenticated') {
    return { heading: 'You are not signed in any more', text: 'Join again with your name.', again: true };
  }
  switch (close?.code) {
    case CLOSE.roomFull.code:
      return { heading: 'The room is full', text: 'Try again when somebody has left.', again: true };
    case CLOSE.left.code:
      return { heading: 'You left the room', text: 'You can come back whenever you like.', again: true };
    case undefined:
      return {
        heading: 'The connection has ended',
        text: error?.message ?? 'You can join again.',
        again: true,
      };
    default:
      return {
        heading: 'The connection has ended',
        text: `The server said: ${close?.reason ?? ''}.`,
        again: true,
      };
  }
}
