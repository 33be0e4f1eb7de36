import { RoomConnection, StaleVersionError, waitForAdmission } from '@studio/client';
import type { Closed } from '@studio/client';
import { CLOSE } from '@studio/contracts';
import type { Event, RoomView } from '@studio/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RunningStudio } from './testing/running-studio.fixture.ts';
import type { Person } from './testing/running-studio.fixture.ts';

const WAIT = { timeout: 10_000, interval: 20 };

let studio: RunningStudio;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  studio = await RunningStudio.start();
  [ada, bob] = [await studio.signIn('Ada'), await studio.signIn('Bob')];
});
afterAll(() => studio.close());

function closed(connection: RoomConnection): Promise<Closed> {
  return new Promise((resolve) => connection.on('closed', resolve));
}

it('lets one of two win who edit the same settings at once, and shows the other the new state', async () => {
  const { id } = await ada.api.createRoom({ name: 'Room' });
  await ada.api.enter(id);
  const { version } = await ada.api.room(id);
  const outcomes = await Promise.allSettled([
    ada.api.changeRoom(id, { name: 'One' }, version),
    ada.api.changeRoom(id, { name: 'Two', retentionDays: 30 }, version),
  ]);
  const [won] = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected');
  const error: unknown = lost?.reason;
  expect(error).toBeInstanceOf(StaleVersionError);
  expect((error as StaleVersionError<RoomView>).current).toEqual(won?.value);
  expect(await ada.api.room(id)).toEqual(won?.value);
});

it('lets in who knocks, who is invited and who knows the passcode, and nobody else', async () => {
  const { id } = await ada.api.createRoom({ name: 'Door', lobby: true });
  await studio.enter(ada, id);
  let knocks = 0;
  const admitted = waitForAdmission({ api: bob.api, roomId: id, onWaiting: () => knocks++ });
  await vi.waitFor(() => expect(knocks).toBeGreaterThan(0), WAIT);
  await ada.api.answerKnock(id, bob.user.id, true);
  await admitted;
  await expect(bob.api.room(id)).resolves.toMatchObject({ role: 'member', entry: 'free' });
  await ada.api.changeRoom(id, { lobby: false, passcode: 'open sesame' });
  const cleo = await studio.signIn('Cleo');
  await expect(cleo.api.enter(id)).rejects.toMatchObject({ code: 'passcode' });
  await cleo.api.enter(id, { passcode: 'open sesame' });
  const invite = await ada.api.invite(id, { role: 'viewer', hours: 1 });
  const dora = await studio.signIn('Dora');
  await ada.api.changeRoom(id, { visibility: 'invited' });
  await expect(dora.api.enter(id)).rejects.toMatchObject({ code: 'forbidden' });
  await dora.api.enter(id, { invite: invite.id });
  const { members } = await ada.api.members(id);
  expect(members.map(({ name, role }) => `${name}: ${role}`).toSorted()).toEqual([
    'Ada: owner',
    'Bob: member',
    'Cleo: member',
    'Dora: viewer',
  ]);
});

it('acts on the connections of those about whom something is decided', async () => {
  const { id } = await ada.api.createRoom({ name: 'Moderated' });
  const [atAda, atBob]: [Event[], Event[]] = [[], []];
  const owner = await studio.enter(ada, id, atAda);
  const guest = await studio.enter(bob, id, atBob);
  let muted = 0;
  guest.on('muted', () => muted++);
  await guest.setMedia({ microphone: true, camera: false, screen: false });
  await ada.api.mute(id, bob.user.id);
  await vi.waitFor(() => expect(muted).toBe(1), WAIT);
  await ada.api.setRole(id, bob.user.id, 'viewer');
  await vi.waitFor(() => expect(guest.role).toBe('viewer'), WAIT);
  await expect(guest.chat('hello')).rejects.toMatchObject({ code: 'forbidden' });
  const removed = closed(guest);
  await ada.api.removeMember(id, bob.user.id);
  await expect(removed).resolves.toEqual({ close: CLOSE.removed });
  expect(atBob.at(-1)?.body.type).toBe('participant.removed');
  await expect(bob.api.ticket(id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(bob.api.history(id)).rejects.toMatchObject({ code: 'forbidden' });
  await ada.api.restoreMember(id, bob.user.id);
  const again = await studio.enter(bob, id);
  await ada.api.handOver(id, bob.user.id);
  await vi.waitFor(() => expect([owner.role, again.role]).toEqual(['moderator', 'owner']), WAIT);
  expect(owner.room?.ownerName).toBe('Bob');
  const ends = Promise.all([owner, again].map(closed));
  await bob.api.setStatus(id, 'closed');
  await expect(ends).resolves.toEqual([{ close: CLOSE.roomClosed }, { close: CLOSE.roomClosed }]);
  // What was said stays with those who were there.
  expect((await ada.api.history(id)).events.at(-1)?.body.type).toMatch(/room\.closed|participant\.left/);
  await bob.api.setStatus(id, 'open');
  await (await studio.enter(ada, id)).chat('back again');
});

it('finds and exports what was said, and ends with the room that is deleted', async () => {
  const { id } = await ada.api.createRoom({ name: 'Short-lived' });
  const connection = await studio.enter(ada, id);
  await connection.chat('xylophone *solo*');
  // Gemini may have answered already, and have said the words too.
  const found = { actor: { name: 'Ada' }, snippet: 'xylophone *solo*', marks: [[0, 9]] };
  const here = await ada.api.searchRoom(id, 'XYLOPHONE');
  expect(here.hits.at(-1)).toMatchObject(found);
  const everywhere = await ada.api.search('xylophone');
  expect(everywhere.rooms).toMatchObject([{ room: { id, name: 'Short-lived' } }]);
  expect(everywhere.rooms[0]?.hits.at(-1)).toMatchObject(found);
  await expect(bob.api.search('xylophone')).resolves.toMatchObject({ rooms: [] });
  const text = await (await ada.fetch(ada.api.exportUrl(id, 'md'))).text();
  expect(text).toContain('# Short-lived');
  expect(text).toContain('xylophone \\*solo\\*');
  const captions = await (await ada.fetch(ada.api.exportUrl(id, 'vtt'))).text();
  expect(captions).toMatch(/^WEBVTT - Short-lived\n[\s\S]*<v Ada>xylophone \*solo\*\n/);
  const end = closed(connection);
  await ada.api.deleteRoom(id);
  expect([CLOSE.roomClosed, CLOSE.roomNotFound]).toContainEqual((await end).close);
  await expect(ada.api.room(id)).rejects.toMatchObject({ code: 'not_found' });
});
