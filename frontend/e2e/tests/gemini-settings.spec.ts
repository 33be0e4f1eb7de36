import { expect, test } from '../people/meeting.ts';
import { SettingsForm } from '../people/settings-form.ts';

test('a new voice and instruction reach Gemini, and the others see who changed them', async ({
  studio,
  meeting: { ada, ben },
}) => {
  await ada.type('The harvest begins on Monday.');
  await expect(ben.messages('Gemini', 'speech')).toHaveCount(1, { timeout: 30_000 });

  const form = await SettingsForm.open(ada);
  await form.choose('voice', 'Kore');
  await form.field('instruction').fill('Speak like a gardener.');
  await form.save();
  await form.close();
  const setups = async () => (await studio.emulator.sessions()).flatMap((session) => session.setups);
  await expect
    .poll(async () => JSON.stringify((await setups()).at(-1)), {
      message: 'the setup of the next connection',
    })
    .toMatch(/(?=.*Kore)(?=.*Speak like a gardener\.)/);

  const told = ben.messages('Ada', 'system').filter({ hasText: 'changed how Gemini takes part' });
  await expect(told).toContainText('Voice: Kore');
  const seen = await SettingsForm.open(ben);
  await expect(seen.field('voice')).toContainText('Kore');
  await expect(seen.field('instruction')).toHaveValue('Speak like a gardener.');
  await expect(seen.field('instruction')).toBeDisabled();
  await expect(ben.it('settings-save')).toBeHidden();
  await seen.close();

  // The conversation goes on with what was said before.
  await ben.type('Gemini, what did Ada say?');
  await expect(ada.messages('Gemini', 'speech').last()).toContainText('harvest', { timeout: 30_000 });
});

test('what somebody types stays when somebody else saves first', async ({ meeting: { ada } }) => {
  const form = await SettingsForm.open(ada);
  await form.field('instruction').fill('Be brief.');
  const room = new URL(ada.page.url()).pathname.split('/')[2] ?? '';
  // The same person at another machine.
  const saved = await ada.page.evaluate(async (path) => {
    const response = await fetch(path);
    const { settings } = (await response.json()) as { settings: Record<string, unknown> };
    const headers = { 'content-type': 'application/json', 'if-match': response.headers.get('etag') ?? '' };
    const body = JSON.stringify({ ...settings, voice: 'Leda', instruction: 'Be loud.' });
    return (await fetch(path, { method: 'PUT', headers, body })).status;
  }, `/api/rooms/${room}/live`);
  expect(saved).toBe(200);

  await expect(ada.it('conflicts')).toContainText('Be loud.');
  await expect(form.field('voice')).toContainText('Leda');
  await expect(form.field('instruction')).toHaveValue('Be brief.');
  await ada.it('keep-mine').click();
  await form.save();
  await form.close();
});
