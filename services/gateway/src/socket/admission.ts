import { StudioError } from '@studio/contracts';
import type { CloseName, ErrorCode } from '@studio/contracts';

const CLOSES: Partial<Record<ErrorCode, CloseName>> = {
  not_found: 'roomNotFound',
  closed: 'roomClosed',
  conflict: 'roomFull',
  forbidden: 'notAllowed',
};

/** The close that tells a client why it cannot enter the room; what may pass is `unavailable`, and the client comes back. */
export function closeForRefusedEntry(error: unknown): CloseName {
  return CLOSES[StudioError.from(error).code] ?? 'unavailable';
}
