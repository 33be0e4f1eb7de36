/** The most that a close frame carries, in bytes. */
export const MAX_REASON = 123;

/** The reason, cut between two characters where it is too long for a close frame. */
export function closeReason(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.length <= MAX_REASON) return reason;
  return (
    bytes
      .subarray(0, MAX_REASON - 3)
      .toString('utf8')
      .replace(/\uFFFD+$/, '') + '…'
  );
}
