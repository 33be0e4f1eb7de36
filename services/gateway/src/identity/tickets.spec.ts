import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { newId } from '@studio/contracts';
import { Sessions } from './session.ts';
import { Tickets } from './tickets.ts';

const SECRET = 'a secret of at least 32 characters';

function claims() {
  const claimed = new Set<string>();
  return {
    claimOnce: async (key: string) => !claimed.has(key) && claimed.add(key).has(key),
  };
}

const admission = { roomId: newId(), userId: newId(), name: 'Ada' };

describe('Tickets', () => {
  it('admit once', async () => {
    const tickets = new Tickets(SECRET, claims());
    const { ticket, expiresAt } = await tickets.issue(admission);
    expect(expiresAt).toBeGreaterThan(Date.now());
    await expect(tickets.redeem(ticket)).resolves.toEqual(admission);
    await expect(tickets.redeem(ticket)).resolves.toBe('ticketUsed');
  });

  it('are told apart: expired, which another one cures, and invalid', async () => {
    const leases = claims();
    const old = await new Tickets(SECRET, leases, -2_000).issue(admission);
    const forged = await new Tickets(`${SECRET} of somebody else`, leases).issue(admission);
    const tickets = new Tickets(SECRET, leases);
    await expect(tickets.redeem(old.ticket)).resolves.toBe('ticketExpired');
    await expect(tickets.redeem(forged.ticket)).resolves.toBe('ticketInvalid');
    await expect(tickets.redeem('not a token')).resolves.toBe('ticketInvalid');
  });

  it('are not what else is signed with the secret', async () => {
    const tickets = new Tickets(SECRET, claims());
    const key = new TextEncoder().encode(SECRET);
    const body = { sub: admission.userId, room: admission.roomId, name: 'Ada', jti: newId() };
    const session = new SignJWT(body).setAudience('session').setExpirationTime('1h');
    const unlimited = new SignJWT(body).setAudience('ticket');
    const strange = new SignJWT({ ...body, room: 'king' }).setAudience('ticket').setExpirationTime('1h');
    for (const token of [session, unlimited, strange]) {
      const signed = await token.setProtectedHeader({ alg: 'HS256' }).sign(key);
      await expect(tickets.redeem(signed)).resolves.toBe('ticketInvalid');
    }
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const payload = Buffer.from(JSON.stringify({ ...body, aud: 'ticket', exp: 9e9 })).toString('base64url');
    await expect(tickets.redeem(`${header}.${payload}.`)).resolves.toBe('ticketInvalid');
  });
});

describe('Sessions', () => {
  const user = { id: newId(), name: 'Ada Lovelace; "quoted"' };

  it('are kept in a cookie that scripts cannot read', async () => {
    const sessions = new Sessions(SECRET);
    const cookie = await sessions.begin(user, true);
    expect(cookie).toMatch(/^kss_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    await expect(sessions.user(`other=1; ${cookie.split(';')[0]!}`)).resolves.toEqual(user);
    await expect(sessions.begin(user, false)).resolves.not.toContain('Secure');
  });

  it('are nobody without a valid cookie', async () => {
    const sessions = new Sessions(SECRET);
    const foreign = await new Sessions(`${SECRET} of somebody else`).begin(user, true);
    for (const header of [undefined, '', 'kss_session=', 'kss_session=x.y.z', foreign.split(';')[0]]) {
      await expect(sessions.user(header)).resolves.toBeUndefined();
    }
  });

  it('end with a cookie that is over', () => {
    expect(new Sessions(SECRET).end(false)).toContain('Max-Age=0');
  });
});
