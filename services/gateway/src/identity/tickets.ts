import * as z from 'zod';
import { DisplayName, Id, LIMITS, RoomId, newId } from '@studio/contracts';
import type { CloseName, TicketView } from '@studio/contracts';
import type { Leases } from '@studio/presence';
import { SignedToken } from './signed-token.ts';

/** What a ticket says: this person may enter this room, once. What they are in it is known when they have entered. */
export const Admission = z.object({ roomId: RoomId, userId: Id, name: DisplayName });
export type Admission = z.infer<typeof Admission>;

const Claims = z.object({ room: RoomId, sub: Id, name: DisplayName, jti: Id });

/** Tickets admit one connection to one room. Every gateway of a studio takes the tickets of all of them. */
export class Tickets {
  private readonly tokens: SignedToken;

  constructor(
    secret: string,
    private readonly leases: Pick<Leases, 'claimOnce'>,
    lifetimeMs: number = LIMITS.ticketMs,
  ) {
    this.tokens = new SignedToken(secret, 'ticket', lifetimeMs);
  }

  async issue(admission: Admission): Promise<TicketView> {
    const { token, expiresAt } = await this.tokens.sign({
      sub: admission.userId,
      room: admission.roomId,
      name: admission.name,
      jti: newId(),
    });
    return { ticket: token, expiresAt };
  }

  /**
   * Uses a ticket up: the admission it grants, or the close that refuses it.
   * @throws what the leases throw when they cannot be reached
   */
  async redeem(ticket: string): Promise<Admission | CloseName> {
    const verified = await this.tokens.verify(ticket);
    if ('problem' in verified) return verified.problem === 'expired' ? 'ticketExpired' : 'ticketInvalid';
    const claims = Claims.safeParse(verified.claims).data;
    if (!claims) return 'ticketInvalid';
    // Remembered for twice its lifetime, so that it has expired by every gateway's clock before it is forgotten.
    if (!(await this.leases.claimOnce(`ticket:${claims.jti}`, 2 * LIMITS.ticketMs))) return 'ticketUsed';
    return { roomId: claims.room, userId: claims.sub, name: claims.name };
  }
}
