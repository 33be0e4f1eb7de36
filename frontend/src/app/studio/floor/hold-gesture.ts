/** A press that is shorter than this is a tap, in milliseconds. */
export const TAP_MS = 250;

/**
 * One button that is held, or tapped to stay down for those who cannot hold it. Times are milliseconds of any clock. Never changed in place.
 */
export interface HoldGesture {
  /** Down at the moment, by hand or by a tap. */
  readonly down: boolean;
  /** Down without a hand on it: the next press lets go. */
  readonly locked: boolean;
  /** When the hand that is on it came; undefined when none is, or when it only lets go of a locked button. */
  readonly since: number | undefined;
}

export const LET_GO: HoldGesture = { down: false, locked: false, since: undefined };

export function pressed(gesture: HoldGesture, at: number): HoldGesture {
  if (gesture.locked) return LET_GO;
  return gesture.down ? gesture : { down: true, locked: false, since: at };
}

export function lifted(gesture: HoldGesture, at: number): HoldGesture {
  if (!gesture.down || gesture.since === undefined) return gesture;
  return at - gesture.since < TAP_MS ? { down: true, locked: true, since: undefined } : LET_GO;
}

/** As of a switch: what a screen reader or the Enter key does. */
export function toggled(gesture: HoldGesture): HoldGesture {
  return gesture.down ? LET_GO : { down: true, locked: true, since: undefined };
}

/** The hand went where it is not seen any more; a locked button stays down. */
export function lost(gesture: HoldGesture): HoldGesture {
  return gesture.locked ? gesture : LET_GO;
}
