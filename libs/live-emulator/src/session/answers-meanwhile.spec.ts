import { expect, it } from 'vitest';
import { startLiveEmulator } from '../emulator.ts';
import { ask, liveSession, turnsOf } from '../testing/raw-session.ts';

it('tells what a call gave that was answered while the model still spoke, when it has finished', async () => {
  const emulator = await startLiveEmulator({ speed: 20, setupDelayMs: 0 });
  try {
    const client = await liveSession(emulator, {
      model: 'models/gemini-3.8-live',
      outputAudioTranscription: {},
      tools: [{ functionDeclarations: [{ name: 'save_note', description: 'Saves a note.' }] }],
    });
    ask(client, 'Gemini, call save_note {}');
    await client.until(() => client.frames.some(({ text }) => text.includes('"toolCall"')));
    const id = client.frames.flatMap(({ text }) => /"id": "([^"]+)"/.exec(text)?.[1] ?? [])[0];
    // At once, which is long before the model has said that it is looking.
    client.send({
      toolResponse: {
        functionResponses: [{ id, name: 'save_note', response: { output: 'kept as number seven' } }],
      },
    });
    await client.until(() => turnsOf(client) === 2);
    const [meanwhile, afterwards] = emulator.sessions()[0]?.connections[0]?.turns ?? [];
    expect(meanwhile?.text).not.toContain('number seven');
    expect(afterwards?.text).toContain('kept as number seven');
  } finally {
    await emulator.close();
  }
});
