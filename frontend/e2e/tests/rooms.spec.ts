import { expect, test } from '../people/meeting.ts';
import { RoomPage } from '../people/room-page.ts';

test('somebody new comes in by passcode and lobby, is muted, removed and taken back', async ({
  studio,
  strangers: { ada, ben },
}) => {
  const link = await ada.createRoom(studio.url, 'Behind two doors', { lobby: true, passcode: 'plum tree' });
  const room = new RoomPage(ada);

  // The passcode first: a wrong one is told.
  await ben.page.goto(link);
  await ben.it('pre-join-name').fill(ben.name);
  await ben.it('join').click();
  await ben.it('passcode').fill('pear tree');
  await ben.it('join').click();
  await expect(ben.it('passcode-problem')).not.toBeEmpty();
  await ben.it('passcode').fill('plum tree');
  await ben.it('join').click();

  // Then the lobby, which can be left.
  await expect(ben.it('lobby-waiting')).toBeVisible();
  await expect(ada.it('lobby-banner')).toContainText('Ben');
  await ben.it('lobby-cancel').click();
  await expect(ada.it('lobby-banner')).toBeHidden({ timeout: 20_000 });
  await ben.it('passcode').fill('plum tree');
  await ben.it('join').click();
  await ada.it('lobby-admit').click();
  await expect(ben.it('composer')).toBeEnabled();

  await expect(ben.it('toolbar-mic')).toHaveAttribute('aria-pressed', 'true');
  await (await room.menuOf('Ben')).getByTestId('mute').click();
  await expect(ben.it('toolbar-mic')).toHaveAttribute('aria-pressed', 'false');
  await expect(ben.page.getByText('Ada switched your microphone off.')).toBeVisible();

  // A viewer reads and writes nothing.
  await (await room.menuOf('Ben')).getByTestId('role-menu').click();
  await ada.it('role-viewer').click();
  await expect(ben.it('composer')).toBeDisabled();
  await expect(ben.it('toolbar-mic')).toBeDisabled();

  await (await room.menuOf('Ben')).getByTestId('remove').click();
  await ada.it('confirm').click();
  await expect(ben.it('ended')).toContainText('Ada removed you from the room');
  await ben.page.goto(link);
  await expect(ben.it('barred')).toContainText('You were removed from this room');

  await room.open('members');
  await ada.it('restore').click();
  await expect(ada.it('restore')).toBeHidden();
  await ada.it('room-dialog-close').click();
  // As what they were before.
  await ben.page.goto(link);
  await ben.it('join').click();
  await expect(ben.it('composer')).toBeVisible();
  await expect(ben.it('composer')).toBeDisabled();
});

test('an invite lets somebody in past the door, with its role, and leaves the address', async ({
  studio,
  strangers: { ada, ben },
}) => {
  await ada.createRoom(studio.url, 'By invite', { visibility: 'invited', lobby: true });
  const room = new RoomPage(ada);
  await room.open('invites');
  await ada.it('invite-role').click();
  await ada.page.getByRole('option', { name: 'Moderator' }).click();
  await ada.it('invite-create').click();
  await ada.it('invite-copy').click();
  const invite = await ada.page.evaluate(() => navigator.clipboard.readText());
  await ada.it('room-dialog-close').click();

  await ben.page.goto(new URL(invite).origin + new URL(invite).pathname);
  await ben.it('pre-join-name').fill(ben.name);
  await ben.it('join').click();
  await expect(ben.it('barred')).toContainText('You need an invite');
  await ben.page.goto(invite);
  await expect(ben.it('join')).toBeVisible();
  expect(ben.page.url()).not.toContain('invite');
  await ben.enter();
  await expect(ada.page.getByTestId('person').filter({ hasText: 'Ben' })).toContainText('Moderator');
});

test('a room is closed for all, read, reopened, and deleted with what was said', async ({
  meeting: { ada, ben },
}) => {
  const room = new RoomPage(ada);
  await ben.type('The plums are ripe.');
  await expect(ada.messages('Ben', 'chat')).toHaveCount(1);
  const name = await ada.page.getByRole('heading', { level: 1 }).innerText();

  await room.menu('room-close');
  await ada.it('confirm').click();
  for (const person of [ada, ben]) await expect(person.it('ended')).toContainText('This room is closed');
  await ben.it('read').click();
  await expect(ben.messages('Ben', 'chat')).toContainText('The plums are ripe.');
  await expect(ben.it('composer')).toBeHidden();

  await ada.it('reopen').click();
  await ada.enter();
  await ben.page.reload();
  await ben.it('join-link').click();
  await ben.enter();
  await ada.type('Open again.');
  await expect(ben.messages('Ada', 'chat')).toHaveCount(1);

  await room.menu('room-delete');
  await expect(ada.it('confirm')).toBeDisabled();
  await ada.it('confirm-typed').fill(name);
  await ada.it('confirm').click();
  await expect(ben.it('ended')).toBeVisible();
  await expect(ada.it('create-room')).toBeVisible();
  await expect(ada.page.getByTestId('room-item').filter({ hasText: name })).toHaveCount(0);
  await ben.page.reload();
  await expect(ben.page.getByRole('heading', { name: 'There is no such room' })).toBeVisible();
});

test('who changes the room while somebody else has it open is told apart from them', async ({
  meeting: { ada },
}) => {
  const room = new RoomPage(ada);
  await room.open('settings');
  await ada.it('room-setting-name').fill('Mine');
  const id = new URL(ada.page.url()).pathname.split('/')[2] ?? '';
  // The same person at another machine.
  const status = await ada.page.evaluate(async (path) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'Theirs', locked: true });
    return (await fetch(path, { method: 'PATCH', headers, body })).status;
  }, `/api/rooms/${id}`);
  expect(status).toBe(200);

  await expect(ada.it('conflicts')).toContainText('Theirs');
  await expect(ada.it('room-setting-name')).toHaveValue('Mine');
  await ada.it('keep-mine').click();
  await ada.it('room-settings-save').click();
  await expect(ada.it('room-settings-status')).toContainText('Saved');
  await ada.it('room-dialog-close').click();
  await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('Mine');
});
