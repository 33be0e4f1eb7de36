import { LIMITS, newId } from '@studio/contracts';
import type { GivenRole, Knock, Room } from '@studio/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { code, person, WAIT } from '../testing/room-replicas.fixture.ts';
import type { Person, RoomReplicas } from '../testing/room-replicas.fixture.ts';

/** What is promised about who may enter a room, with two services at once on the same engines. */
export function describeEntrance(replicas: () => RoomReplicas): void {
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  let rooms: RoomReplicas;
  beforeAll(() => {
    rooms = replicas();
  });
  const invite = (room: Room, user: Person, role: GivenRole, expiresAt: number | null = null) =>
    rooms.rpc.call('room.invite', { roomId: room.id, user, role, expiresAt });
  const answer = (room: Room, user: Person, who: Person, admit: boolean) =>
    rooms.rpc.call('room.answerKnock', { roomId: room.id, user, personId: who.id, admit });

  describe('entrance', () => {
    it('is joined by nobody who has not entered', async () => {
      const room = await rooms.create(ada);
      await expect(rooms.connect(room, bob)).rejects.toEqual(code('forbidden'));
      expect(await rooms.access(room, bob)).toMatchObject({ role: null, entry: 'free' });
      await rooms.enter(room, bob);
      expect(await rooms.access(room, bob)).toMatchObject({ role: 'member', entry: 'free' });
      expect(await rooms.connect(room, bob)).toMatchObject({ role: 'member', lobby: [] });
    });

    it('lets fifty in who come at once, each once, through whichever service', async () => {
      const room = await rooms.create(ada);
      const crowd = Array.from({ length: 50 }, (_, number) => person(`Person ${number}`));
      const answers = await Promise.all([...crowd, ...crowd].map((one) => rooms.enter(room, one)));
      for (const one of answers) expect(one).toMatchObject({ state: 'admitted', role: 'member' });
      const { members } = await rooms.rpc.call('room.members', {
        roomId: room.id,
        userId: ada.id,
        limit: 200,
      });
      expect(members.map(({ id }) => id).toSorted()).toEqual([ada, ...crowd].map(({ id }) => id).toSorted());
    });

    it('lets only those into a locked room who have been there', async () => {
      const room = await rooms.create(ada);
      await rooms.enter(room, bob);
      const { id } = await invite(room, ada, 'member');
      await rooms.change(room, ada, { locked: true });
      expect(await rooms.enter(room, bob)).toMatchObject({ state: 'admitted' });
      await expect(rooms.enter(room, eve, { invite: id })).rejects.toEqual(code('locked'));
      expect(await rooms.access(room, eve)).toMatchObject({ role: null, entry: 'locked' });
    });

    it('asks newcomers for the passcode, and nobody else', async () => {
      const room = await rooms.rpc.call('room.create', {
        ...{ name: 'Room', visibility: 'listed', owner: ada, passcode: 'blaue fichte' },
      });
      expect(room.passcode).toBe(true);
      expect(await rooms.access(room, bob)).toMatchObject({ role: null, entry: 'passcode' });
      await expect(rooms.enter(room, bob)).rejects.toEqual(code('passcode'));
      await expect(rooms.enter(room, bob, { passcode: 'rote fichte' })).rejects.toEqual(code('passcode'));
      expect(await rooms.enter(room, bob, { passcode: 'blaue fichte' })).toMatchObject({ state: 'admitted' });
      await rooms.change(room, ada, { passcode: 'another one' });
      expect(await rooms.enter(room, bob)).toMatchObject({ state: 'admitted' });
      expect(await rooms.enter(room, ada)).toMatchObject({ state: 'admitted', role: 'owner' });
      await rooms.change(room, ada, { passcode: null });
      expect(await rooms.enter(room, eve)).toMatchObject({ state: 'admitted' });
    });

    it('lets nobody guess a passcode more often than a minute allows, also not all at once', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { passcode: 'blaue fichte' });
      const tries = Array.from({ length: 20 }, (_, number) =>
        rooms.enter(room, eve, { passcode: `guess ${number}`, attempt: { id: newId() } }),
      );
      const refusals = await Promise.allSettled(tries);
      const codes = refusals.map((one) =>
        one.status === 'rejected' ? (one.reason as { code: string }).code : 'in',
      );
      expect(codes.filter((one) => one === 'passcode')).toHaveLength(LIMITS.passcodeTries);
      expect(codes.filter((one) => one === 'rate_limited')).toHaveLength(20 - LIMITS.passcodeTries);
      await expect(rooms.enter(room, eve, { passcode: 'blaue fichte' })).rejects.toEqual(
        code('rate_limited'),
      );
      // Whoever only looks what is asked for, and everybody else, is not held up.
      await expect(rooms.enter(room, eve)).rejects.toEqual(code('passcode'));
      expect(await rooms.enter(room, bob, { passcode: 'blaue fichte' })).toMatchObject({ state: 'admitted' });
    });
  });

  describe('a passcode that strangers guess under ever new names', () => {
    const guess = (room: Room, network: string | undefined, passcode: string, id = newId()) =>
      rooms.enter(room, person('Stranger'), { passcode, attempt: { id, ...(network && { network }) } });

    it('shuts nobody out who comes from elsewhere, and is guessed at no more than a minute allows', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { passcode: 'blaue fichte' });
      const { passcodeTriesPerNetwork: near, passcodeTriesPerRoom: most } = LIMITS;
      const codes: string[] = [];
      for (let number = 0; number < near + most + 3; number++)
        await guess(room, 'near', `guess ${number}`).catch((error: unknown) =>
          codes.push((error as { code: string }).code),
        );
      expect(codes).toEqual([
        ...Array.from({ length: near + most }, () => 'passcode'),
        ...Array.from({ length: 3 }, () => 'rate_limited'),
      ]);
      await expect(guess(room, 'near', 'blaue fichte')).rejects.toEqual(code('rate_limited'));
      await expect(guess(room, undefined, 'blaue fichte')).rejects.toEqual(code('rate_limited'));
      // As many as want to, because whoever knows it leaves the place to the next one.
      for (let number = 0; number <= near; number++)
        expect(await guess(room, 'elsewhere', 'blaue fichte')).toMatchObject({ state: 'admitted' });
      const other = await rooms.create(ada);
      await rooms.change(other, ada, { passcode: 'blaue fichte' });
      expect(await guess(other, 'near', 'blaue fichte')).toMatchObject({ state: 'admitted' });
    }, 30_000);

    it('counts a try once that is asked again for want of an answer', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { passcode: 'blaue fichte' });
      const [attempt, once] = [{ id: newId() }, { passcode: 'rote fichte' }];
      for (let times = 0; times <= LIMITS.passcodeTries; times++)
        await expect(rooms.enter(room, eve, { ...once, attempt })).rejects.toEqual(code('passcode'));
    });
  });

  describe('an invitation', () => {
    it('lets people in with its role, past passcode, lobby and visibility, until it is revoked', async () => {
      const room = await rooms.create(ada, 'link');
      await rooms.change(room, ada, { visibility: 'invited', passcode: 'blaue fichte', lobby: true });
      const made = await invite(room, ada, 'viewer');
      expect(made).toMatchObject({ role: 'viewer', expiresAt: null, createdBy: 'Ada' });
      expect(await rooms.access(room, bob)).toMatchObject({ role: null, entry: 'invite' });
      await expect(rooms.enter(room, bob)).rejects.toEqual(
        code('forbidden', 'This room is for invited people.'),
      );
      await expect(rooms.enter(room, bob, { invite: newId() })).rejects.toEqual(code('forbidden'));
      expect(await rooms.enter(room, bob, { invite: made.id })).toMatchObject({
        state: 'admitted',
        role: 'viewer',
      });
      const revoke = () => rooms.rpc.call('room.revoke', { roomId: room.id, user: ada, inviteId: made.id });
      await revoke();
      await revoke();
      await expect(rooms.enter(room, eve, { invite: made.id })).rejects.toEqual(code('forbidden'));
      // Who came with it stays.
      expect(await rooms.enter(room, bob)).toMatchObject({ role: 'viewer' });
    });

    it('that is revoked while people come lets in whom it lets in, and after that nobody', async () => {
      const room = await rooms.create(ada, 'link');
      await rooms.change(room, ada, { visibility: 'invited' });
      const { id } = await invite(room, ada, 'member');
      const crowd = Array.from({ length: 20 }, (_, number) => person(`Person ${number}`));
      const revoked = rooms.rpc.call('room.revoke', { roomId: room.id, user: ada, inviteId: id });
      const answers = await Promise.allSettled(crowd.map((one) => rooms.enter(room, one, { invite: id })));
      await revoked;
      const { members } = await rooms.rpc.call('room.members', {
        roomId: room.id,
        userId: ada.id,
        limit: 200,
      });
      const inside = new Set(members.map((member) => member.id));
      for (const [index, one] of answers.entries()) {
        if (one.status === 'rejected') expect(one.reason).toEqual(code('forbidden'));
        expect(inside.has(crowd[index]?.id ?? '')).toBe(one.status === 'fulfilled');
      }
      await expect(rooms.enter(room, eve, { invite: id })).rejects.toEqual(code('forbidden'));
    });

    it('expires, and is not in the list any more then', async () => {
      const room = await rooms.create(ada, 'link');
      await rooms.change(room, ada, { visibility: 'invited' });
      await expect(invite(room, ada, 'member', Date.now() - 1)).rejects.toEqual(code('invalid'));
      const expiresAt = Date.now() + 250;
      const { id } = await invite(room, ada, 'member', expiresAt);
      const list = () => rooms.rpc.call('room.invites', { roomId: room.id, userId: ada.id });
      expect((await list()).invites).toMatchObject([{ id, expiresAt }]);
      await vi.waitUntil(() => Date.now() > expiresAt, { interval: 10 });
      await expect(rooms.enter(room, bob, { invite: id })).rejects.toEqual(code('forbidden'));
      expect((await list()).invites).toEqual([]);
    });

    it('is neither made nor seen by somebody who may not give its role', async () => {
      const room = await rooms.create(ada);
      await rooms.admitAs(room, ada, bob, 'moderator');
      await rooms.enter(room, eve);
      const ofModerator = await invite(room, ada, 'moderator');
      const ofMember = await invite(room, bob, 'member');
      await expect(invite(room, bob, 'moderator')).rejects.toEqual(code('forbidden'));
      await expect(invite(room, eve, 'viewer')).rejects.toEqual(code('forbidden'));
      const seen = async (user: Person) =>
        (await rooms.rpc.call('room.invites', { roomId: room.id, userId: user.id })).invites.map(
          ({ id }) => id,
        );
      expect(await seen(ada)).toEqual([ofModerator.id, ofMember.id]);
      expect(await seen(bob)).toEqual([ofMember.id]);
      await expect(seen(eve)).rejects.toEqual(code('forbidden'));
      const revoked = rooms.rpc.call('room.revoke', { roomId: room.id, user: bob, inviteId: ofModerator.id });
      await expect(revoked).rejects.toEqual(code('forbidden'));
    });

    it('is one of a bounded number', async () => {
      const room = await rooms.create(ada);
      for (let number = 0; number < LIMITS.invitesPerRoom; number++) await invite(room, ada, 'member');
      await expect(invite(room, ada, 'member')).rejects.toEqual(code('conflict'));
    });
  });

  describe('the lobby', () => {
    const waitingIn = (signals: readonly { type: string; waiting?: Knock[] }[]) =>
      signals.filter(({ type }) => type === 'lobby').map(({ waiting }) => waiting?.map(({ name }) => name));

    it('keeps who knocks waiting until somebody who may lets them in', async () => {
      const room = await rooms.create(ada);
      await rooms.enter(room, eve);
      await rooms.change(room, ada, { lobby: true, passcode: 'blaue fichte' });
      const published = await rooms.listen(room);
      await expect(rooms.enter(room, bob)).rejects.toEqual(code('passcode'));
      const waiting = { state: 'waiting', retryMs: LIMITS.knockRetryMs };
      expect(await rooms.enter(room, bob, { passcode: 'blaue fichte' })).toEqual(waiting);
      // Who waits has said it once.
      expect(await rooms.enter(room, bob)).toEqual(waiting);
      expect(await rooms.access(room, bob)).toMatchObject({ role: null });
      expect((await rooms.join(room, ada)).lobby).toMatchObject([{ id: bob.id, name: 'Bob' }]);
      await expect(rooms.connect(room, bob)).rejects.toEqual(code('forbidden'));
      await expect(answer(room, eve, bob, true)).rejects.toEqual(code('forbidden'));
      await answer(room, ada, bob, true);
      await answer(room, ada, bob, true);
      expect(await rooms.enter(room, bob)).toMatchObject({ state: 'admitted', role: 'member' });
      await vi.waitFor(() => expect(waitingIn(published.signals)).toEqual([['Bob'], []]), WAIT);
    });

    it('tells who was refused, who may knock again when that is over', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { lobby: true });
      const published = await rooms.listen(room);
      await rooms.enter(room, bob);
      await answer(room, ada, bob, false);
      await answer(room, ada, bob, false);
      await expect(rooms.enter(room, bob)).rejects.toEqual(code('forbidden', 'You were not let in.'));
      expect((await rooms.join(room, ada)).lobby).toEqual([]);
      await vi.waitFor(
        async () => expect(await rooms.enter(room, bob)).toMatchObject({ state: 'waiting' }),
        WAIT,
      );
      await vi.waitFor(() => expect(waitingIn(published.signals).at(-1)).toEqual(['Bob']), WAIT);
    });

    it('forgets who does not knock any more, and tells the room', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { lobby: true });
      const published = await rooms.listen(room);
      await rooms.enter(room, bob);
      await vi.waitFor(() => expect(waitingIn(published.signals)).toEqual([['Bob'], []]), WAIT);
      await expect(answer(room, ada, bob, true)).rejects.toEqual(code('not_found'));
      await expect(answer(room, ada, bob, false)).rejects.toEqual(code('not_found'));
      expect(await rooms.conversation(room)).toHaveLength(2);
    });

    it('is passed by all who wait when it is switched off', async () => {
      const room = await rooms.create(ada);
      await rooms.change(room, ada, { lobby: true });
      await rooms.enter(room, bob);
      await rooms.change(room, ada, { lobby: false });
      expect(await rooms.enter(room, bob)).toMatchObject({ state: 'admitted' });
    });
  });
}
