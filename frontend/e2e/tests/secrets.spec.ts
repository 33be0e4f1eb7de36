import { expect, test } from '../people/meeting.ts';

/** Hosts of Google's Live service, whose addresses are the server's own business. */
const UPSTREAM = ['generativelanguage.googleapis.com', 'aiplatform.googleapis.com'];

test('no credential and no upstream address reaches a browser or a log', async ({ studio, meeting }) => {
  const { ada, ben } = meeting;
  const said = 'A sentence that no log may hold: the vault stands in the north wing.';
  await ada.type(said);
  await expect(ben.messages('Ada', 'chat')).toHaveCount(1);
  await expect(ben.messages('Gemini', 'speech').first()).toBeVisible();
  await ben.speakOnce();
  await expect(ada.messages('Gemini', 'speech')).toHaveCount(2);
  await ben.page.reload();
  await expect(ben.messages('Ada', 'chat')).toHaveCount(1);

  for (const person of [ada, ben]) {
    const received = await person.traffic.received();
    // The search is worth something only if it looks at what really came.
    expect(received.some((text) => text.includes('"type":"welcome"'))).toBe(true);
    for (const secret of [...studio.secrets, ...UPSTREAM])
      expect(received.filter((text) => text.includes(secret)).map((text) => text.slice(0, 200))).toEqual([]);
  }

  const log = studio.log;
  expect(log.length).toBeGreaterThan(3);
  const cookies = (await Promise.all([ada, ben].map((person) => person.page.context().cookies()))).flat();
  const sessions = cookies.filter(({ name }) => name !== 'studio-front-door').map(({ value }) => value);
  expect(sessions.length).toBeGreaterThanOrEqual(2);
  const tickets = [ada, ben].flatMap(({ traffic }) => traffic.tickets);
  expect(tickets.length).toBeGreaterThanOrEqual(3);
  for (const secret of [...studio.secrets, ...UPSTREAM, ...sessions, ...tickets, said])
    expect(log.filter((line) => line.includes(secret))).toEqual([]);
});

test('the pages load without an error and within their own security policy', async ({
  meeting: { ada, ben },
}) => {
  for (const person of [ada, ben]) {
    await person.page.reload();
    await expect(person.it('composer')).toBeEnabled();
    await person.it('leave').click();
    await expect(person.it('room-list')).toBeVisible();
    expect(person.traffic.errors).toEqual([]);
    expect(await person.page.evaluate(() => window.policyViolations)).toEqual([]);
  }
});
