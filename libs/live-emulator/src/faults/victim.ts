import type { Refusal } from '../session/refusal.ts';

/** A connection as a fault takes hold of it. */
export interface Victim {
  /** Null before its setup. */
  readonly sessionId: string | null;
  /** Resets the TCP connection. */
  drop(): void;
  /** Sends nothing any more, and with `deaf` reads nothing either, until the same fault is lifted. */
  hold(faultId: string, deaf: boolean): void;
  lift(faultId: string): void;
  /** Sends a frame that no message is. */
  sendRaw(frame: string): void;
  /** Announces the end, and ends so much later. */
  goAway(timeLeftMs: number): void;
  /** Ends the model's turn as if it had said everything. */
  completeTurn(): void;
  close(code: number, reason: string): void;
  /** Closes with the service's own words. */
  refuse(refusal: Refusal): void;
}
