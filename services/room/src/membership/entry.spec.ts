import { NEW_ROOM, newId } from '@studio/contracts';
import type { Invite, Member, Room } from '@studio/contracts';
import { expect, it } from 'vitest';
import { entryOf, roleOf, validInvite } from './entry.ts';

const room: Room = {
  ...{ id: newId(), name: 'Trees', ownerId: newId(), ownerName: 'Ada', visibility: 'link' },
  ...NEW_ROOM,
  ...{ status: 'open', createdAt: 1 },
};
const member: Member = { id: newId(), name: 'Bob', role: 'viewer', state: 'member', since: 1 };

it('puts what stands in the way in the order in which it is judged', () => {
  const guarded: Room = { ...room, locked: true, visibility: 'invited', passcode: true, lobby: true };
  expect(entryOf({ ...guarded, status: 'closed' }, { ...member, state: 'removed' })).toBe('closed');
  expect(entryOf(guarded, { ...member, state: 'removed' })).toBe('removed');
  expect(entryOf(guarded, member)).toBe('free');
  expect(entryOf(guarded, undefined)).toBe('locked');
  expect(entryOf({ ...guarded, locked: false }, undefined)).toBe('invite');
  expect(entryOf({ ...room, passcode: true, lobby: true }, undefined)).toBe('passcode');
  expect(entryOf({ ...room, lobby: true }, undefined)).toBe('knock');
  expect(entryOf(room, undefined)).toBe('free');
});

it('gives a role to members only', () => {
  expect([member, { ...member, state: 'removed' as const }, undefined].map(roleOf)).toEqual([
    'viewer',
    null,
    null,
  ]);
});

it('takes an invite until it expires', () => {
  const invite: Invite = { id: newId(), role: 'member', expiresAt: 10, createdAt: 1, createdBy: 'Ada' };
  const endless: Invite = { ...invite, id: newId(), expiresAt: null };
  const find = (id: string | undefined, now: number) => validInvite([invite, endless], id, now);
  expect(find(invite.id, 9)).toBe(invite);
  expect(find(invite.id, 10)).toBeUndefined();
  expect(find(endless.id, 1e15)).toBe(endless);
  expect([find(newId(), 1), find(undefined, 1)]).toEqual([undefined, undefined]);
});
