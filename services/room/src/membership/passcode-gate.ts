import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, StudioError } from '@studio/contracts';
import type { Id, RoomId } from '@studio/contracts';
import type { Leases } from '@studio/presence';
import { LEASES } from '../ports.ts';
import { isPasscode } from '../rooms/passcode.ts';

/** Milliseconds. */
const MINUTE = 60_000;

/** Lets nobody guess the passcode of a room. */
@Injectable()
export class PasscodeGate {
  constructor(@Inject(LEASES) private readonly leases: Leases) {}

  /**
   * Every try takes one of a person's places in the minute before it is looked at, so that tries at the same time are counted too.
   * @throws StudioError passcode, rate_limited
   */
  async pass(roomId: RoomId, personId: Id, passcode: string | undefined, hash: string): Promise<void> {
    if (passcode === undefined) throw new StudioError('passcode', 'This room asks for a passcode.');
    if (!(await this.mayTry(roomId, personId)))
      throw new StudioError('rate_limited', 'Too many wrong passcodes. Try again in a minute.');
    if (!(await isPasscode(passcode, hash)))
      throw new StudioError('passcode', 'This is not the passcode of this room.');
  }

  private async mayTry(roomId: RoomId, personId: Id): Promise<boolean> {
    for (let place = 1; place <= LIMITS.passcodeTries; place++)
      if (await this.leases.claimOnce(`passcode:${roomId}:${personId}:${place}`, MINUTE)) return true;
    return false;
  }
}
