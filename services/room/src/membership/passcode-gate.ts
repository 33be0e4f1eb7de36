import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, newId, StudioError } from '@studio/contracts';
import type { Id, RoomId, RpcRequest } from '@studio/contracts';
import type { Leases } from '@studio/presence';
import { LEASES } from '../ports.ts';
import { isPasscode } from '../rooms/passcode.ts';

/** Milliseconds. */
const MINUTE = 60_000;

type Attempt = NonNullable<RpcRequest<'room.enter'>['attempt']>;

/**
 * Lets nobody guess the passcode of a room: not one person, nor somebody who takes ever new names, nor many together. The first tries from
 * each network are apart from those of the room, so that a stranger who uses these up shuts nobody out who comes from elsewhere.
 */
@Injectable()
export class PasscodeGate {
  constructor(@Inject(LEASES) private readonly leases: Leases) {}

  /**
   * Every try takes places in the minute before it is looked at, so that tries at the same time are counted too; the right one gives them
   * back.
   * @throws StudioError passcode, rate_limited
   */
  async pass(
    roomId: RoomId,
    personId: Id,
    passcode: string | undefined,
    hash: string,
    { id, network }: Attempt = { id: newId() },
  ): Promise<void> {
    if (passcode === undefined) throw new StudioError('passcode', 'This room asks for a passcode.');
    const room = `passcode:${roomId}`;
    const [own, near] = [`${room}:${personId}`, `${room}:from:${network ?? ''}`];
    const take = (key: string, most: number) => this.leases.takePlace(key, id, most, MINUTE);
    if (!(await take(own, LIMITS.passcodeTries)))
      throw new StudioError('rate_limited', 'Too many wrong passcodes. Try again in a minute.');
    const apart = network !== undefined && (await take(near, LIMITS.passcodeTriesPerNetwork));
    if (!apart && !(await take(room, LIMITS.passcodeTriesPerRoom))) {
      await this.leases.giveBackPlace(own, id);
      throw new StudioError(
        'rate_limited',
        'Too many wrong passcodes were tried in this room. Try again in a minute, or ask for an invitation.',
      );
    }
    if (!(await isPasscode(passcode, hash)))
      throw new StudioError('passcode', 'This is not the passcode of this room.');
    await Promise.all([own, apart ? near : room].map((key) => this.leases.giveBackPlace(key, id)));
  }
}
