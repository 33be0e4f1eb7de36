import { expect, test } from '../people/meeting.ts';

test('a tool that Gemini uses is seen by everybody, with what it answered', async ({
  studio,
  meeting: { ada, ben },
}) => {
  await studio.emulator.load({
    steps: [
      {
        when: { text: 'who is with us' },
        call: [{ name: 'who_is_here', args: {} }],
        thenSay: 'Ada and Ben are with us.',
      },
    ],
  });
  await ada.type('Gemini, who is with us?');
  for (const person of [ada, ben]) {
    const call = person.it('tool-call');
    await expect(call).toHaveAttribute('data-tool', 'who_is_here', { timeout: 30_000 });
    await expect(call).toHaveAttribute('data-outcome', 'ok');
    await call.locator('summary').click();
    await expect(call).toContainText('Ben');
    await expect(person.messages('Gemini', 'speech').last()).toContainText('Ada and Ben are with us.', {
      timeout: 30_000,
    });
  }
  await studio.emulator.unload();
});

test('when Gemini refuses the key the room goes on, says why, and has it back by itself', async ({
  studio,
  meeting: { ada, ben },
}) => {
  await expect(ada.it('gemini-state')).toHaveAttribute('data-state', 'listening');
  await studio.emulator.inject({ fault: 'refuse', status: 401, times: 'always' });
  await studio.emulator.inject({ fault: 'drop' });
  for (const person of [ada, ben]) {
    await expect(person.it('gemini-state')).toHaveAttribute('data-state', 'unavailable', { timeout: 30_000 });
    await person.it('tab-gemini').click();
    await expect(person.it('gemini-words')).toContainText('key');
    await person.it('tab-conversation').click();
  }
  await ada.type('Then we go on without it.');
  await expect(ben.messages('Ada', 'chat')).toHaveCount(1);

  await studio.emulator.clearFaults();
  for (const person of [ada, ben])
    await expect(person.it('gemini-state')).toHaveAttribute('data-state', 'listening', { timeout: 30_000 });
  await ben.type('Gemini, who is here?');
  await expect(ada.messages('Gemini', 'speech').last()).toContainText('Ben', { timeout: 30_000 });
});
