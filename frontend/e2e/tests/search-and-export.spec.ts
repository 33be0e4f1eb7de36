import { readFile } from 'node:fs/promises';
import { expect, test } from '../people/meeting.ts';

test('what was said long ago is found, and shown where it stands', async ({ meeting: { ada, ben } }) => {
  const id = new URL(ada.page.url()).pathname.split('/')[2] ?? '';
  await ben.type('The quinces are for the jelly.');
  await expect(ada.messages('Ben', 'chat')).toHaveCount(1);
  const [found] = await ada.lines().then((lines) => lines.filter(({ kind }) => kind === 'chat'));
  // More than the page has when it is opened.
  for (let number = 1; number <= 105; number++) await ada.say(`Line ${number} about other things.`);
  await ben.page.reload();
  await expect(ben.messages('Ada', 'chat').last()).toContainText('Line 105');

  await ben.page.keyboard.press('Control+f');
  await ben.it('search-field').fill('jelly QUINCES');
  await expect(ben.it('search-hit').locator('mark')).toHaveText(['quinces', 'jelly']);
  await ben.page.keyboard.press('Enter');
  const line = ben.page.locator(`[data-testid="message"][data-seq="${found?.seq}"]`);
  await expect(line).toBeInViewport();
  await expect(line.locator('mark')).toHaveText(['quinces', 'jelly']);
  await expect(ben.it('search-found')).toHaveText('1 of 1');
  await ben.page.keyboard.press('Escape');
  await ben.it('to-end').click();
  await expect(ben.messages('Ada', 'chat').last()).toBeInViewport();

  // From another page, in all rooms.
  await ben.page.goto(`${new URL(ben.page.url()).origin}/search`);
  await ben.it('search-all').fill('"for the jelly"');
  await ben.it('found-hit').click();
  await expect(ben.page).toHaveURL(new RegExp(`/rooms/${id}/conversation`));
  await expect(line).toBeInViewport();
  await expect(line.locator('mark')).toHaveText(['for the jelly']);
});

test('the conversation is exported in every format', async ({ meeting: { ada } }) => {
  await ada.type('Exported in four ways.');
  await expect(ada.messages('Ada', 'chat')).toHaveCount(1);
  for (const format of ['md', 'json', 'txt', 'vtt']) {
    await ada.it('export-menu').click();
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      ada.it(`export-${format}`).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
    expect(await readFile(await download.path(), 'utf8')).toContain('Exported in four ways.');
  }
});
