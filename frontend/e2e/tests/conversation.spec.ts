import { expect, test } from '../people/meeting.ts';

test('what one types, the other reads with the name', async ({ meeting: { ada, ben } }) => {
  await ada.type('The harvest begins on Monday.');
  await ben.type('Then we need <b>more</b> baskets & hands.');
  for (const person of [ada, ben]) {
    await expect(
      person.messages('Ada', 'chat').filter({ hasText: 'The harvest begins on Monday.' }),
    ).toBeVisible();
    // As text, not as markup.
    await expect(
      person.messages('Ben', 'chat').filter({ hasText: 'Then we need <b>more</b> baskets & hands.' }),
    ).toBeVisible();
  }
});

test('who comes back after a reload sees everything once, in order', async ({ meeting: { ada, ben } }) => {
  for (const number of [1, 2, 3]) await ada.type(`Before the reload, line ${number}.`);
  await expect(ben.messages('Ada', 'chat')).toHaveCount(3);
  await ben.page.reload();
  // While Ben's page loads, the conversation goes on.
  for (const number of [4, 5, 6]) await ada.type(`Meanwhile, line ${number}.`);
  await expect(ben.it('composer')).toBeEnabled();
  await ben.type('I am back.');

  for (const person of [ada, ben]) {
    await expect(person.messages('Ada', 'chat')).toHaveCount(6);
    await expect(person.messages('Ben', 'chat')).toHaveCount(1);
  }
  // Gemini may be answering meanwhile: what both have is compared once both have come to rest.
  await expect
    .poll(async () => JSON.stringify(await ada.lines()) === JSON.stringify(await ben.lines()))
    .toBe(true);
  const lines = await ben.lines();
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => (lines[0]?.seq ?? 0) + index));
  expect(
    lines.filter(({ author, kind }) => author === 'Ada' && kind === 'chat').map(({ text }) => text),
  ).toEqual([
    'Before the reload, line 1.',
    'Before the reload, line 2.',
    'Before the reload, line 3.',
    'Meanwhile, line 4.',
    'Meanwhile, line 5.',
    'Meanwhile, line 6.',
  ]);
});

test('after a restart of the server the conversation is still there and goes on', async ({
  studio,
  meeting,
}) => {
  const { ada, ben } = meeting;
  await ada.type('Said before the restart.');
  await expect(ben.messages('Ada', 'chat')).toHaveCount(1);
  const before = (await ben.lines()).filter(({ kind }) => kind === 'chat');

  await studio.restart();
  // Nobody touches a page: both come back by themselves.
  for (const person of [ada, ben]) await expect(person.it('reconnecting')).toBeHidden({ timeout: 30_000 });
  await ben.type('Said after the restart.');
  for (const person of [ada, ben]) {
    await expect(person.messages('Ben', 'chat')).toHaveCount(1, { timeout: 30_000 });
    const chat = (await person.lines()).filter(({ kind }) => kind === 'chat');
    expect(chat.slice(0, before.length)).toEqual(before);
    expect(chat.map(({ text }) => text)).toEqual(['Said before the restart.', 'Said after the restart.']);
  }

  // Whoever opens the room anew reads it from the log, not from the memory of a page.
  await ada.page.reload();
  await expect(ada.messages('Ben', 'chat')).toHaveCount(1);
  const seqs = (await ada.lines()).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});
