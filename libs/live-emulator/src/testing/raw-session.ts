import type { LiveEmulator } from '../emulator.ts';
import { RawClient } from './raw-client.ts';

const TARGET = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=';

/** Answers in writing, at once, so that a turn is few frames. */
export const WRITES = {
  model: 'models/gemini-live-2.5-flash-preview',
  generationConfig: { responseModalities: ['TEXT'] },
};

export function rawClient({ url }: LiveEmulator, key = 'k'): RawClient {
  return new RawClient(url.replace('http', 'ws') + TARGET + key);
}

/** A bare connection whose session is set up. */
export async function liveSession(emulator: LiveEmulator, setup: object = WRITES): Promise<RawClient> {
  const client = (await rawClient(emulator).open()).send({ setup });
  await client.nextFrame();
  return client;
}

export function ask(client: RawClient, text = 'Who are you?'): RawClient {
  return client.send({
    clientContent: { turns: [{ role: 'user', parts: [{ text }] }], turnComplete: true },
  });
}

/** How many turns the model has completed. */
export function turnsOf({ frames }: RawClient): number {
  return frames.filter(({ text }) => text.includes('"turnComplete": true')).length;
}

/** Asks and waits for the end of the answer. */
export async function answered(client: RawClient, text?: string): Promise<RawClient> {
  const turns = turnsOf(client);
  ask(client, text);
  await client.until(() => turnsOf(client) > turns);
  return client;
}

/** The latest handle that the session can be resumed with. */
export function handleOf({ frames }: RawClient): string | undefined {
  return frames.flatMap(({ text }) => /"newHandle": "([^"]+)"/.exec(text)?.[1] ?? []).at(-1);
}
