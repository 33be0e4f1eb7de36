import { expect, test } from '../people/meeting.ts';
import type { Person } from '../people/person.ts';
import { changeSettings } from '../people/settings-form.ts';

/** A shorter press is a tap, which locks the button. Milliseconds. */
const HELD_MS = 500;

test('who holds the button is heard, raised hands wait, and a moderator takes the floor away', async ({
  meeting: { ada, ben },
}) => {
  await changeSettings(ada, { floor: 'Whoever holds the button' });
  for (const person of [ada, ben]) await expect(person.it('talk')).toBeVisible();

  const button = await ada.it('talk').boundingBox();
  await ada.page.mouse.move((button?.x ?? 0) + 40, (button?.y ?? 0) + 20);
  const pressedAt = await ada.now();
  await ada.page.mouse.down();
  await expectTalk(ada, 'talking');
  await expect(ben.it('floor')).toContainText('Ada has the floor');
  await ben.it('hand').click();
  await expect(ben.it('hand')).toContainText('1st in line');
  await expect(ada.tile('Ben').getByTestId('tile-hand')).toBeVisible();
  // The space key is another way to hold the button, as long as nobody types.
  await ben.page.keyboard.down('Space');
  await expectTalk(ben, 'waiting');
  await ada.waitUntil(pressedAt + HELD_MS);
  await ada.page.mouse.up();
  await expectTalk(ben, 'talking');
  await expect(ada.it('floor')).toContainText('Ben has the floor');
  await expect(ada.tile('Ben').getByTestId('tile-hand')).toBeHidden();

  // The microphone was opened by the press, and a recording begins with what is said.
  await expect(ada.speakingTile('Ben')).toBeVisible();
  await ben.waitUntil((await ben.now()) + ben.recording.speech.seconds * 1_000);
  await ben.page.keyboard.up('Space');
  await expectTalk(ben, 'idle');
  await expect(ben.it('toolbar-mic')).toHaveAttribute('aria-pressed', 'false');
  for (const person of [ada, ben]) {
    await expect(person.messages('Ben', 'speech')).toHaveCount(1, { timeout: 30_000 });
    await expect(person.messages('Gemini', 'speech').last()).toBeVisible({ timeout: 30_000 });
  }

  // Without a hand on it, as with a screen reader.
  await ben.it('talk').press('Enter');
  await expectTalk(ben, 'talking');
  await ada.tile('Ben').getByTestId('person-menu').click();
  await ada.it('floor-take').click();
  await expectTalk(ben, 'idle');
  await expect(ben.it('floor')).toContainText('The floor is free');
});

test('a room in which Gemini answers when it is addressed', async ({ meeting: { ada, ben } }) => {
  await changeSettings(ada, { addressing: 'When it is addressed' });
  await expect(ben.it('ask')).toBeVisible();

  await ada.type('The cellar holds nine barrels of cider.');
  await ben.type('And four crates of pears.');
  await expect(ada.messages('Ben', 'chat')).toHaveCount(1);
  await ben.it('composer').fill('What are the main points so far?');
  await ben.it('ask').click();
  await expect(ada.messages('Gemini', 'speech')).toHaveCount(1, { timeout: 30_000 });

  await ada.it('composer').pressSequentially('@ge');
  await ada.it('mention').click();
  await ada.it('composer').pressSequentially('what did Ada say?');
  await ada.it('send').click();
  await expect(ben.messages('Ada', 'chat').last()).toContainText('@Gemini what did Ada say?');
  await expect(ben.messages('Gemini', 'speech')).toHaveCount(2, { timeout: 30_000 });
  // What was not for Gemini has stayed without an answer.
  const speakers = (await ben.lines()).filter(({ kind }) => kind !== 'system').map(({ author }) => author);
  expect(speakers).toEqual(['Ada', 'Ben', 'Ben', 'Gemini', 'Ada', 'Gemini']);
});

async function expectTalk(person: Person, talk: string): Promise<void> {
  await expect(person.it('talk')).toHaveAttribute('data-talk', talk);
}
